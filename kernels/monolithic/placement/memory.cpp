// The virtual memory service's tables, its lock, and the page-out daemon.
// SPDX-License-Identifier: MIT
//
// Before: boot.cpp; whoever leaves services/vm. Next: services/vm.
#include "memory.hpp"

#include "kernels/monolithic/kernel.hpp"
#include "kernels/monolithic/schedule.hpp"

#include "services/vm/sizes.hpp"

#include <algorithm>

namespace {

// Tables in frames of their own.
struct TableSource {
    Frames& frames;
    template <class T>
    Result<std::span<T>> take(std::uint64_t count) {
        return take_table<T>(frames, count);
    }
};

} // namespace

SleepingLock& PageOut::lock() { return kernel.memory_lock; }
void PageOut::wake() { wake_all(kernel.page_out_wanted); }
void PageOut::sleep() { sleep_in(kernel.page_out_wanted); }
void PageOut::yield() { ::yield(); }

Result<void> place_memory(const vm::Configuration& configuration) {
    const fs::Layout& layout = kernel.file_system.layout();
    const std::uint64_t slots = kernel.disk.is_read_only() ? 0 : layout.swap_blocks;
    kernel.memory.swap.adopt(block::BlockNumber(layout.swap_first), slots);
    Frames& frames = kernel.memory.frames;
    TableSource source{frames};
    const vm::Storage storage = TRY(vm::make_storage(kernel.spaces, frames.count(), slots, source));
    // Page tables are taken from the same frames: a root for each space, and the rest below it.
    vm::Configuration memory = configuration;
    const std::uint64_t free = frames.free_count();
    memory.pool = std::min(memory.pool, free - std::min(free, SPACE_COUNT));
    memory.tables_a_node = 1;
    return kernel.memory.set_up(storage, memory);
}

void page_out_daemon() {
    for (;;)
        vm::page_out_and_sleep<PageOut>();
}
