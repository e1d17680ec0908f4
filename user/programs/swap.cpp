// Scenario swap: memory is short; a page was evicted to the disk and is touched again.
// SPDX-License-Identifier: MIT
//
// The machine gives programs 48 frames (pool=48), and this one writes to 96 pages, so that the
// first ones have to go. One of those is read beforehand; the instruction at scenario_fault
// (look.S) loads from another one, for which a third must leave. In the end every page must hold
// its own value.
#include "scenario.hpp"

namespace {

constexpr std::uint64_t PAGES = 96;
constexpr std::uint64_t WATCHED = 1;

constexpr std::uint64_t value_of(std::uint64_t page) { return 0x5a9'0000 + page; }

} // namespace

int main() {
    const os::Statistics before = scenario::counters("swap: statistics");
    const std::uint64_t first = scenario::fresh_pages(PAGES);
    for (std::uint64_t page = 0; page < PAGES; ++page)
        poke(first + page * PAGE_SIZE, value_of(page));
    scenario::expect("swap: a page that came back", peek(first), value_of(0));
    scenario::expect("swap: the page that is watched", look(first + WATCHED * PAGE_SIZE),
                     value_of(WATCHED));
    for (std::uint64_t page = 0; page < PAGES; ++page)
        scenario::expect("swap: a page", peek(first + page * PAGE_SIZE), value_of(page));
    os::write("swap: every page came back with its own value\n");
    scenario::say_unless_short("swap", before);
    return 0;
}
