// Bring-up, as a list: what the monolithic kernel consists of, as it comes to life.
// SPDX-License-Identifier: MIT
//
// Before: hal_start in arch/riscv/start.cpp. Next: the first process, which leave_processor
// (schedule.cpp) switches to.
#include "kernel.hpp"
#include "schedule.hpp"

#include "arch/riscv/upcalls.hpp"

constinit Kernel kernel;

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    kernel.boot = boot;
    kernel.hart.id = boot.hart;
    adopt_hart(kernel.hart);
    kernel.hart.running = &kernel.boot_thread;
    csr::write_stvec(reinterpret_cast<std::uint64_t>(trap_vector));
    csr::make_sret_go_to_user();
    csr::enable_timer_interrupt();
    kernel.frames.adopt(boot.free_frames);
    start_first_process(argument(boot.arguments, "program"));
    leave_processor();
}
