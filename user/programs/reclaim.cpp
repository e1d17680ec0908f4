// Scenario reclaim: memory shrinks while the program runs.
// SPDX-License-Identifier: MIT
//
// The program fills pages; then programs together may use 64 frames fewer than are in use (by the
// call at scenario_fault, call.S). Who is asked to give them up, who chooses which, and who saves
// what they hold, is structure. Afterwards memory grows back, and every page must hold its own
// value.
#include "scenario.hpp"

namespace {

constexpr std::uint64_t PAGES = 128;
constexpr std::uint64_t TAKEN = 64;

constinit std::uint64_t frames_left = 0;

constexpr std::uint64_t value_of(std::uint64_t page) { return 0x3ec1'0000 + page; }

} // namespace

extern "C" std::uint64_t watched_call(); // call.S
extern "C" std::uint64_t scenario_action() {
    return scenario::must("reclaim: memory", os::memory(frames_left));
}

int main() {
    const std::uint64_t first = scenario::fresh_pages(PAGES);
    for (std::uint64_t page = 0; page < PAGES; ++page)
        poke(first + page * PAGE_SIZE, value_of(page));
    const os::Statistics before = scenario::counters("reclaim: statistics");
    frames_left = before.resident_pages - TAKEN;
    const std::uint64_t frames = watched_call();
    const os::Statistics after = scenario::counters("reclaim: statistics");
    for (std::uint64_t page = 0; page < PAGES; ++page)
        scenario::expect("reclaim: a page", peek(first + page * PAGE_SIZE), value_of(page));
    scenario::must("reclaim: memory", os::memory(frames));
    for (std::uint64_t page = 0; page < PAGES; ++page)
        scenario::expect("reclaim: a page, later", peek(first + page * PAGE_SIZE), value_of(page));
    os::Output output;
    print(output, "reclaim: ", after.evictions - before.evictions, " pages were evicted, ",
          after.pages_out - before.pages_out, " of them written; each came back whole\n");
    return 0;
}
