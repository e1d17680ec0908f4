// Scenario policy: a cyclic scan over more pages than there are frames for.
// SPDX-License-Identifier: MIT
//
// Whoever evicts the page that was not used for the longest time evicts the very page that comes
// next: with 48 frames and 64 pages every access of the default policy is a fault, though most of
// the pages would fit. The program knows better and says so (advise); the default policy does not
// listen. Where the structure lets a program bring its own policy, it does. `scan` is policy.S.
#include "scenario.hpp"

extern "C" std::uint64_t scan(std::uint64_t first, std::uint64_t pages, std::uint64_t rounds);

namespace {

constexpr std::uint64_t PAGES = 64;
constexpr std::uint64_t ROUNDS = 10;

} // namespace

int main() {
    const std::uint64_t first = scenario::fresh_pages(PAGES);
    // Before the first touch: where another policy is another pager, no page has to move to it.
    const std::int64_t advised = os::advise(first, PAGES * PAGE_SIZE, os::Advice::cyclic);
    if (advised != -abi::NO_CALL)
        scenario::must("policy: advise", advised);
    for (std::uint64_t page = 0; page < PAGES; ++page)
        poke(first + page * PAGE_SIZE, page);
    const os::Statistics before = scenario::counters("policy: statistics");
    const std::uint64_t sum = scan(first, PAGES, ROUNDS);
    const os::Statistics after = scenario::counters("policy: statistics");
    scenario::expect("policy: the sum of all words", sum, ROUNDS * (PAGES * (PAGES - 1) / 2));
    os::Output output;
    print(output, "policy: ", after.page_faults - before.page_faults, " faults in ", PAGES * ROUNDS,
          " accesses to ", PAGES, " pages\n");
    scenario::say_unless_short("policy", before);
    return 0;
}
