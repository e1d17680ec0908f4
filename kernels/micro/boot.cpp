// Bring-up, as a list: what the microkernel consists of, in the order in which it comes to life.
// SPDX-License-Identifier: MIT
//
// Before: hal_start in arch/riscv/start.cpp. Next: trap_return in entry.S, into the first thread.
#include "devices.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "arch/riscv/upcalls.hpp"

constinit Kernel kernel;

extern "C" [[noreturn]] void trap_return(); // entry.S

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    kernel.boot = boot;
    kernel.hart_area.hart.id = boot.hart;
    adopt_hart(kernel.hart_area.hart);
    csr::write_stvec(reinterpret_cast<std::uint64_t>(trap_vector));
    csr::make_sret_go_to_user();
    csr::enable_timer_interrupt();
    start_interrupt_controller();
    const FrameRange memory{Frame::containing(boot.memory.start),
                            Frame::containing(boot.memory.end)};
    MUST(kernel.frames.adopt(memory, boot.free_frames)); // there is more than records take
    const Frame root = MUST(kernel.frames.take_zeroed());
    kernel.no_space = Space(root, sv39::Asid(0));
    load_root();
    schedule();
    trap_return();
}
