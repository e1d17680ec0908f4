// Scenario policy on the machine, and the same references on a simulated memory: equal faults.
// SPDX-License-Identifier: MIT
//
// The probe's page trace says what the program referred to, and where it faulted; Replacement
// (replacement.hpp) says which faults that is under each policy; the kernel says how many it
// mended. Nothing is fitted: the memory begins empty, and every reference since the program's first
// instruction is simulated.
#include "command.hpp"
#include "replacement.hpp"

#include "abi/address_map.h"
#include "page_trace.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>

namespace {

constexpr std::size_t POOL = 48;     // frames
constexpr std::uint64_t LOADS = 640; // of the scan: ten rounds over 64 pages
// exec puts the arguments there before the program's first instruction.
constexpr std::uint64_t STACK_PAGE = (PROGRAM_SLOTS + 23 * SLOT_SIZE + STACK_END) / 4096 - 1;

struct Scratch {
    std::string folder;
    Scratch() {
        std::string path =
            (std::filesystem::temp_directory_path() / "faultline-policy-XXXXXX").string();
        REQUIRE(mkdtemp(path.data()) != nullptr);
        folder = path;
    }
    Scratch(const Scratch&) = delete;
    ~Scratch() { std::filesystem::remove_all(folder); }
};

struct Run {
    std::uint64_t faults_said; // by the program, which asked the kernel before and after its scan
    std::vector<probe::PageEvent> events;
};

Run run(const std::string& kernel, const std::string& policy) {
    const Scratch scratch;
    const std::string file = scratch.folder + "/pages";
    const Answer answer =
        call_faultline("compare policy --kernels " + kernel + " --boot 'policy=" + policy +
                       " pool=" + std::to_string(POOL) + "' --trace-pages '" + file + "'");
    CAPTURE(answer.output);
    REQUIRE(answer.status == 0);
    std::smatch match;
    REQUIRE(std::regex_search(answer.output, match, std::regex("policy: ([0-9]+) faults in ")));
    std::ifstream stream(file);
    const auto events = probe::read_pages(stream);
    REQUIRE(events.has_value());
    return {std::stoull(match[1]), *events};
}

// What an instruction refers to, as often as it takes until all of it is there at once.
void refer(Replacement& memory, const probe::PageEvent& event) {
    using Kind = probe::PageEvent::Kind;
    const bool has_data = event.kind == Kind::load || event.kind == Kind::store;
    while (memory.refer(event.fetch_page) || (has_data && memory.refer(event.data_page))) {
    }
}

// Simulates EVENTS up to the end of the scan. Every fault of the trace is one here, and none else.
// The faults between the two system calls that enclose the scan. (After it the program prints, and
// the kernel itself refers to its text, which no trace of user mode tells.)
std::uint64_t faults_simulated(const std::string& policy,
                               const std::vector<probe::PageEvent>& events) {
    using Kind = probe::PageEvent::Kind;
    Replacement memory(policy, POOL);
    memory.refer(STACK_PAGE);
    // The fault of the very first instruction has no instruction before it, and is not in the
    // trace.
    std::uint64_t traced = memory.faults() + 1, wrong = 0;
    std::uint64_t at_call = 0, loads = 0;
    for (const probe::PageEvent& event : events) {
        if (event.kind == Kind::fault) {
            ++traced;
            continue;
        }
        refer(memory, event);
        wrong += memory.faults() != traced ? 1 : 0;
        loads += event.kind == Kind::load ? 1 : 0;
        if (event.kind != Kind::call)
            continue;
        if (loads >= LOADS) {
            CHECK(wrong == 0);
            return memory.faults() - at_call;
        }
        at_call = memory.faults();
        loads = 0;
    }
    FAIL("there was no scan");
    return 0;
}

const std::vector<std::string> PAGING{"mappings", "swap"};

} // namespace

TEST_CASE("policy: faults under each policy are those of a simulation, exactly") {
    for (const std::string& kernel : kernels_with(PAGING))
        for (const std::string policy : {"fifo", "clock", "lru", "mru"}) {
            CAPTURE(kernel);
            CAPTURE(policy);
            const Run seen = run(kernel, policy);
            CHECK(seen.faults_said == faults_simulated(policy, seen.events));
        }
}

TEST_CASE("policy: a cyclic scan makes the default policy thrash, and mru not") {
    for (const std::string& kernel : kernels_with(PAGING)) {
        CAPTURE(kernel);
        CHECK(run(kernel, "clock").faults_said >= 640);
        CHECK(run(kernel, "mru").faults_said < 320);
    }
}
