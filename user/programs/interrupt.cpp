// Scenario interrupt: a disk completion that belongs to a program which is not running.
// SPDX-License-Identifier: MIT
//
// A child reads pages that are still on the disk, and sleeps until each has come. Meanwhile the
// parent computes, between scenario_fault and scenario_end (interrupt.S). Somewhere in there the
// disk interrupts it: for somebody else. The parent's result must not show it. The disk is as fast
// as the host's, and may be done before the parent computes, each time: then compare tries again.
#include "scenario.hpp"

#include <algorithm>

extern "C" std::uint64_t compute(std::uint64_t rounds); // interrupt.S

namespace {

constexpr std::string_view PATH = "/bin/tools";
constexpr unsigned PAGES = 8;
constexpr std::uint64_t ROUNDS = 10'000'000; // a few turns long

constinit std::array<std::byte, PAGE_SIZE> page{};

// The same as compute, in C++.
std::uint64_t expected_result() {
    std::uint64_t result = 1;
    for (std::uint64_t round = ROUNDS; round != 0; --round)
        result = result * 0x9e3779b1 + round;
    return result;
}

void read_pages(std::int64_t file, unsigned pages) {
    for (unsigned i = 0; i < pages; ++i) {
        const std::uint64_t count =
            scenario::must("interrupt: read", os::read(file, std::span(page)));
        scenario::expect("interrupt: bytes read", count, PAGE_SIZE);
    }
}

} // namespace

int main() {
    const auto file = static_cast<std::int64_t>(scenario::must("interrupt: open", os::open(PATH)));
    read_pages(file, 1); // the text for that is in memory from now on
    const std::uint64_t child = scenario::must("interrupt: fork", os::fork());
    if (child == 0) {
        std::ranges::fill(page, std::byte{1}); // the page is its own from now on
        read_pages(file, PAGES);
        os::exit(0);
    }
    os::yield(); // the child comes as far as its sleep
    const std::uint64_t computed = compute(ROUNDS);
    scenario::expect("interrupt: what was computed", computed, expected_result());
    std::int64_t status = 0;
    scenario::must("interrupt: wait", os::wait(status));
    scenario::expect("interrupt: the child's status", static_cast<std::uint64_t>(status), 0);
    os::write("interrupt: the child has its pages, the parent its result\n");
    return 0;
}
