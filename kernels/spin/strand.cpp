// The module Strand: what extensions ask of the scheduler.
// SPDX-License-Identifier: MIT
//
// Before: an extension, through interface/strand.hpp. Next: schedule.cpp. How strands begin and end
// is in task.cpp.
#include "authority.hpp"
#include "devices.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

extern "C" {

spin::StrandReference strand_self() { return running_strand().reference; }

void strand_pause() {
    restart_deadline(running_strand());
    serve_pending_interrupts();
    end_turn_if_over();
}

// When the program goes on: nobody is preempted inside the kernel.
void strand_end_turn() {
    this_spin_hart().cut_off = this_spin_hart().since;
    running_strand().note(Strand::TURN);
}

Result<void> strand_notify(spin::StrandReference reference) {
    TRY(find_strand(reference))->note(Strand::NOTIFIED);
    return {};
}

Result<spin::StrandUse> strand_use(spin::StrandReference reference) {
    const Strand& strand = *TRY(find_strand(reference));
    using State = spin::StrandUse::State;
    State state = State::blocked;
    std::uint64_t ticks = strand.ticks;
    if (strand.state == Strand::State::running) {
        state = State::running;
        ticks += timer::now() - this_spin_hart().since;
    } else if (strand.state == Strand::State::ready)
        state = State::ready;
    return spin::StrandUse{.state = state, .ticks = ticks, .faults = strand.faults_mended};
}

std::uint64_t strand_switches() { return kernel.switches; }

std::uint64_t strand_time() { return timer::now(); }

std::uint64_t strand_deadline_in(std::uint64_t ticks) { return timer::deadline_in(ticks); }

} // extern "C"
