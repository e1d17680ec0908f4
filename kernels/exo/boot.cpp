// Bring-up, as a list: what the exokernel consists of, in the order in which it comes to life.
// SPDX-License-Identifier: MIT
//
// Before: hal_start in arch/riscv/start.cpp. Next: the first environment, whose library OS does all
// the rest (libos/task.cpp).
#include "authority.hpp"
#include "kernel.hpp"

#include "arch/riscv/upcalls.hpp"

constinit Kernel kernel;

namespace {

// The frame table stands in the first of the frames that it describes the rest of.
void adopt_frames(FrameRange range) {
    const std::uint64_t own = pages_to_hold(range.count() * sizeof(FrameRecord));
    auto* const records = reinterpret_cast<FrameRecord*>(frame_bytes(range.first).data());
    kernel.frames.adopt(range.first + own, {records, range.count() - own});
}

} // namespace

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    kernel.boot = boot;
    kernel.hart.id = boot.hart;
    kernel.hart.stack.frame.hart = &kernel.hart;
    adopt_hart(kernel.hart);
    csr::write_stvec(reinterpret_cast<std::uint64_t>(trap_vector));
    csr::make_sret_go_to_user();
    csr::enable_timer_interrupt();
    kernel.key = make_key(boot);
    adopt_frames(boot.free_frames);
    start_first_environment(load_first_environment(argument(boot.arguments, "program")));
}
