// The virtual memory service's tables, its lock, and the page-out daemon.
// SPDX-License-Identifier: MIT
//
// Before: boot.cpp; whoever leaves services/vm. Next: services/vm.
#include "memory.hpp"

#include "kernels/monolithic/kernel.hpp"
#include "kernels/monolithic/schedule.hpp"

#include <algorithm>
#include <bit>
#include <memory>

namespace {

constexpr std::uint64_t NODES_AT_LEAST = 1024; // of page records: 16 a process
constexpr std::uint64_t FRAMES_A_NODE = 8;     // and one more for every 8 frames: four times RAM
constexpr std::uint64_t EVICTIONS_A_STEP = 8;  // that the daemon makes before others get the lock

// Whether there is more to evict. When the swap device fails, faults say so; here it is tried again
// at the next need.
bool page_out_a_step() {
    SleepingLock& lock = kernel.memory_lock; // the daemon does not let itself go first
    const io::Turn memory(lock);
    const Result<std::uint64_t> evicted = kernel.memory.page_out(EVICTIONS_A_STEP);
    return evicted && *evicted != 0;
}

} // namespace

[[gnu::cold, gnu::noinline]] void let_page_out() {
    wake_all(kernel.page_out_wanted);
    yield();
}

Result<void> place_memory(const vm::Configuration& configuration) {
    const fs::Layout& layout = kernel.file_system.layout();
    const std::uint64_t slots = kernel.disk.is_read_only() ? 0 : layout.swap_blocks;
    kernel.memory.swap.adopt(block::BlockNumber(layout.swap_first), slots);
    const std::uint64_t frames = kernel.memory.frames.count();
    const std::uint64_t nodes = NODES_AT_LEAST + frames / FRAMES_A_NODE;
    const vm::Storage storage{
        .spaces = kernel.spaces,
        .nodes = TRY(take_table<vm::Record>(kernel.memory.frames, nodes * vm::NODE_RECORDS)),
        .frames = TRY(take_table<vm::FrameRecord>(kernel.memory.frames, frames + 1)),
        .buckets = TRY(take_table<std::uint32_t>(kernel.memory.frames, std::bit_floor(frames))),
        .slots = TRY(take_table<vm::SlotRecord>(kernel.memory.frames, slots))};
    // Page tables are taken from the same frames: a root for each space, and the rest below it.
    vm::Configuration memory = configuration;
    const std::uint64_t free = kernel.memory.frames.free_count();
    memory.pool = std::min(memory.pool, free - std::min(free, SPACE_COUNT));
    memory.tables_a_node = 1;
    return kernel.memory.set_up(storage, memory);
}

void page_out_daemon() {
    for (;;) {
        while (page_out_a_step())
            yield(); // or it would have the lock again before whoever waits for it
        sleep_in(kernel.page_out_wanted);
    }
}
