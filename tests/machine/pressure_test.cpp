// Short memory: everything keeps its contents, whoever evicts.
// SPDX-License-Identifier: MIT
//
// The program does the checking (tests/programs/pressure).
#include "unix_run.hpp"

#include <doctest/doctest.h>

#include <regex>
#include <utility>

namespace {

const std::vector<std::string> POLICIES{"fifo", "clock", "lru", "mru", "own"};

} // namespace

// A machine with so little memory that what programs may use ends with it.
TEST_CASE("pressure: four times the machine's memory keeps its contents, under every policy") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        for (const std::string& policy : sample::of(POLICIES, 1))
            expect_end(
                run(kernel, "pressure", "--memory 16 --boot 'pool=1000000 policy=" + policy + "'"),
                0, " 0 wrong words");
    }
}

TEST_CASE("pressure: so little memory that tables, forks and programs need room") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        // SPIN's stacks, extensions and tables take more than the monolithic kernel's; on exo each
        // process has its library's data.
        const bool takes_more = kernel == "spin" || kernel == "exo";
        const std::string memory = takes_more ? "-m 14M" : "-m 12M";
        expect_end(run(kernel, "pressure", "--boot pool=100000", memory), 0, " 0 wrong words;");
    }
}

TEST_CASE("pressure: four times a small pool keeps its contents, under every policy") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        const std::string words = "4096 pages in 1024 frames, 3 passes: 0 wrong words";
        for (const std::string& policy : sample::of(POLICIES, 1))
            expect_end(run(kernel, "pressure", "--boot 'pool=1024 policy=" + policy + "'"), 0,
                       words);
        expect_end(run(kernel, "pressure", "--boot 'pool=1024 watermarks=16,64'"), 0, words);
    }
}

namespace {

// How many pages `pressure` had evicted, and how many of them a fault waited for.
std::pair<std::uint64_t, std::uint64_t>
evictions(const std::string& kernel, const std::string& boot, const std::string& memory = "") {
    const Answer answer = run(kernel, "pressure", "--boot '" + boot + "'", memory);
    CAPTURE(answer.output);
    std::smatch match;
    const std::regex words("([0-9]+) evictions, ([0-9]+) in a fault");
    REQUIRE(std::regex_search(answer.output, match, words));
    return {std::stoull(match[1]), std::stoull(match[2])};
}

} // namespace

// Short of memory all the time, and yet a fault finds a frame: others have been evicted before.
TEST_CASE(PAGE_OUT) {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        if (not_promised(kernel).contains(PAGE_OUT))
            continue;
        const auto [all, in_a_fault] = evictions(kernel, "pool=1024");
        CHECK(all > 4096);
        CHECK(in_a_fault < all / 100);
        const auto [all_without, in_a_fault_without] =
            evictions(kernel, "pool=1024 watermarks=0,0");
        CHECK(in_a_fault_without == all_without);
    }
}

TEST_CASE("pressure: on exo, whoever has most frames is asked for some, and most faults find one") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        if (kernel != "exo")
            continue;
        const auto [all, in_a_fault] = evictions(kernel, "pool=100000", "-m 14M");
        CHECK(all > 4096);
        CHECK(in_a_fault < all / 5);
        const auto [none, none_in_a_fault] = evictions(kernel, "pool=1024"); // nobody is short
        CHECK(none == 0);
    }
}
