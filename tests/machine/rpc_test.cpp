// What a remote procedure call costs on the microkernel, stubs and all.
// SPDX-License-Identifier: MIT
#include "bound.hpp"
#include "ram_disk.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>

TEST_CASE("rpc: a round trip of no words and of ten is short") {
    if (std::ranges::count(kernels(), "micro") == 0)
        return;
    const RamDisk disk("micro");
    disk.put_program("rpc");
    const Answer run = disk.boot("rpc", "pager=answerer");
    CAPTURE(run.output);
    CHECK(run.status == 0);
    const std::map<std::string, std::uint64_t> bounds{{"rpc", 320}, {"rpc-ten-words", 420}};
    for (const auto& [operation, bound] : bounds) {
        CAPTURE(operation);
        std::smatch match;
        REQUIRE(std::regex_search(
            run.output, match, std::regex("bench " + operation + " min [0-9]+ median ([0-9]+)")));
        const std::uint64_t median = std::stoul(match[1]);
        MESSAGE(operation, ": ", median);
        CHECK(median > 0);
        CHECK(median <= faultline::bound_for(COMPILER, bound));
    }
}
