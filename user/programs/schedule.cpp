// Scenario schedule: an interactive program beside one that only computes.
// SPDX-License-Identifier: MIT
//
// The interactive one sleeps for a millisecond, again and again, and looks how late it is woken. A
// scheduler that gives everybody equal turns makes it wait for the other one's turn to end. One
// such sleep is watched (the call at scenario_fault, call.S). Where the structure allows it, the
// two are a group with a scheduler of its own, and the interactive one has nearly all the tickets;
// where it does not, the program says what it was answered.
#include "scenario.hpp"

namespace {

constexpr std::uint64_t NAP = os::TICKS_PER_MILLISECOND;
constexpr unsigned NAPS = 8; // beside the other program each takes up to two turns

[[noreturn]] void compute_for_ever() {
    for (volatile std::uint64_t rounds = 0;;)
        rounds = rounds + 1;
}

// Ticks from when it should have run to when it did.
std::uint64_t nap() {
    const std::uint64_t due = os::uptime() + NAP;
    scenario::must("schedule: sleep", os::sleep(NAP));
    return os::uptime() - due;
}

constexpr std::uint64_t MANY_TICKETS = 4096;

// Is there a scheduler for this program's group alone now? If not, it says why.
bool bring_scheduler() {
    const std::int64_t answer = os::schedule_group(os::Scheduling::stride);
    os::Output output;
    print(output,
          "schedule: a stride scheduler for the group: ", answer == 0 ? "yes" : os::words(answer),
          "\n");
    return answer == 0;
}

} // namespace

extern "C" std::uint64_t watched_call(); // call.S
extern "C" std::uint64_t scenario_action() { return nap(); }

int main() {
    const bool has_scheduler = bring_scheduler();
    std::uint64_t alone = 0;
    for (unsigned i = 0; i < NAPS; ++i)
        alone = std::max(alone, nap());
    const std::uint64_t other = scenario::must("schedule: fork", os::fork());
    if (other == 0)
        compute_for_ever();
    if (has_scheduler)
        scenario::must("schedule: tickets", os::tickets(MANY_TICKETS));
    std::uint64_t beside = nap();
    for (unsigned i = 1; i < NAPS; ++i)
        beside = std::max(beside, i == 1 ? watched_call() : nap());
    scenario::must("schedule: kill", os::kill(static_cast<std::int64_t>(other)));
    scenario::must("schedule: wait", os::wait());
    os::Output output;
    print(output, "schedule: woken at most ", alone, " ticks late alone, ", beside,
          " beside a program that computes\n");
    return 0;
}
