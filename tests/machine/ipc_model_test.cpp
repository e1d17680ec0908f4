// Messages and objects of the microkernel against a model of what the ABI promises.
// SPDX-License-Identifier: MIT
//
// The image (tests/hostile/micro/model/) takes root's place; it says what it covers. A run with the
// same seed does the same: `seed` and `steps` are boot words.
#include "ram_disk.hpp"

#include "../unity/sample.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <regex>

namespace {

constexpr unsigned RUNS = 5;
constexpr unsigned STEPS = 20'000; // a run
constexpr unsigned SEEDS = 20;

// Operations that must not only be refused, for a run to say something.
const std::vector<std::string> THAT_SUCCEED{
    "call",          "reply_and_wait", "reply",        "receive",        "copy_in",
    "copy_out",      "reach",          "notify",       "give",           "give_to_thread",
    "create_thread", "destroy_thread", "create_space", "destroy_space",  "set_space",
    "change_space",  "give_table",     "take_table",   "read_registers", "write_registers"};

unsigned successes(const std::string& output, const std::string& operation) {
    std::smatch match;
    const std::regex line("ipc-model: " + operation + ": ([0-9]+) of ");
    return std::regex_search(output, match, line) ? std::stoul(match[1]) : 0;
}

} // namespace

TEST_CASE("ipc: 100,000 random operations do what a model says") {
    static_assert(RUNS * STEPS == 100'000);
    if (std::ranges::count(kernels(), "micro") == 0)
        return;
    const RamDisk disk("micro");
    disk.put_hostile("micro/ipc-model", "micro/root");
    for (const unsigned seed : sample::of(1, SEEDS, RUNS)) {
        const Answer run =
            disk.boot("none", "seed=" + std::to_string(seed) + " steps=" + std::to_string(STEPS));
        CAPTURE(run.output);
        CHECK(run.status == 0);
        CHECK(run.output.find(std::to_string(STEPS) + " operations as the model says") !=
              std::string::npos);
        for (const std::string& operation : THAT_SUCCEED)
            CHECK_MESSAGE(successes(run.output, operation) >= 10, operation);
    }
}
