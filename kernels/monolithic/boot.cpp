// Bring-up, as a list: what the monolithic kernel consists of, as it comes to life.
// SPDX-License-Identifier: MIT
//
// Before: hal_start in arch/riscv/start.cpp. Next: the first process, which leave_processor
// (schedule.cpp) switches to.
#include "kernel.hpp"
#include "schedule.hpp"

#include "arch/riscv/upcalls.hpp"

constinit Kernel kernel;

namespace {

// COUNT objects in frames of their own. They may hold anything.
template <class T>
std::span<T> take_table(std::uint64_t count) {
    // All memory is free yet; a machine that has too little even for this cannot start.
    const FrameRange range =
        MUST(kernel.memory.frames.take_range(pages_to_hold(count * sizeof(T))));
    return {reinterpret_cast<T*>(direct_map(range.first.start()).raw()), count};
}

void set_up_memory(FrameRange free) {
    constexpr std::uint64_t NODES = 1024;   // 64 pages each
    constexpr std::uint64_t BUCKETS = 1024; // of resident pages of files
    kernel.memory.frames.adopt(free);
    const vm::Storage tables{.spaces = kernel.spaces,
                             .nodes = take_table<vm::Record>(NODES * vm::NODE_RECORDS),
                             .frames = take_table<vm::FrameRecord>(free.count() + 1),
                             .buckets = take_table<std::uint32_t>(BUCKETS),
                             .slots = {}};
    MUST(kernel.memory.set_up(tables, {})); // the tables fit each other
}

} // namespace

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    kernel.boot = boot;
    kernel.hart.id = boot.hart;
    adopt_hart(kernel.hart);
    kernel.hart.running = &kernel.boot_thread;
    csr::write_stvec(reinterpret_cast<std::uint64_t>(trap_vector));
    csr::make_sret_go_to_user();
    csr::enable_timer_interrupt();
    set_up_memory(boot.free_frames);
    start_first_process(argument(boot.arguments, "program"));
    leave_processor();
}
