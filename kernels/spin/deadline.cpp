// Interrupts of the kernel itself.
// SPDX-License-Identifier: MIT
//
// Before: trap_vector in entry.S. Next: fall.cpp, where an extension has passed its deadline; else
// back to where it was.
#include "deadline.hpp"

#include "blame.hpp"
#include "devices.hpp"
#include "extension.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include <bit>

void Deadline::tick(std::uint64_t turn, std::uint64_t now, std::uint64_t timebase) {
    if (ticks_ == 0 || turn != turn_) {
        turn_ = turn;
        ticks_ = 1;
        last_ = now;
    } else if (now - last_ >= timebase / TICKS_A_SECOND) {
        ticks_ += 1;
        last_ = now;
    }
}

namespace {

// The strand that runs, with its stack at SITE, has had its time. Where more than one extension
// stands there, all fall, so one that calls another for ever is first waited for between its calls.
void overrun(SpinHart& hart, const CallSite& site) {
    const bool is_alone = std::has_single_bit(extensions_on_stack(site));
    if (!is_alone && !hart.deadline.has_passed_by_far())
        return;
    if (extension_at(site.pc) != nullptr)
        end_overrun(site.pc, site.return_address, site.frame_pointer);
    hart.stack_limit = ~0ULL; // the kernel's procedure ends, and its caller enters no other one
}

} // namespace

// What ra and s0 held where it interrupted. What the interrupt was for is served when a program
// goes on, or nobody is at work: a device's then, the timer's when it expires again.
extern "C" void on_kernel_interrupt(VirtAddr /*stack*/, VirtAddr return_address,
                                    VirtAddr frame_pointer) {
    if (csr::read_scause() == csr::DEVICE_CAUSE) {
        mask_devices();
        return;
    }
    SpinHart& hart = this_spin_hart();
    const std::uint64_t now = timer::now();
    look_again_soon(now);
    hart.deadline.tick(hart.since, now, kernel.boot.timebase);
    if (hart.deadline.is_near())
        hart.running->note(Strand::TURN);
    if (hart.deadline.has_passed())
        overrun(hart, {VirtAddr(csr::read_sepc()), return_address, frame_pointer,
                       end_of_stack(*hart.running)});
}
