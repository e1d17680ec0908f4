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

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>

namespace {

constexpr std::size_t POOL = 48; // frames
constexpr std::uint64_t PAGES = 64;
constexpr std::uint64_t LOADS = 10 * PAGES; // of the scan: ten rounds
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

using Kind = probe::PageEvent::Kind;

bool has_data(const probe::PageEvent& event) {
    return event.kind == Kind::load || event.kind == Kind::store;
}

// What an advised region gets from the call on that advised it: nothing, where one kernel pages for
// all; a pager, with frames and a policy of its own, where there are several; or, where each
// process pages for itself, all its memory gets the other policy.
enum class Heeding : std::uint8_t { none, by_pager, by_process };

Heeding heeding_of(const std::string& kernel) {
    if (kernel == "monolithic")
        return Heeding::none;
    return kernel == "exo" ? Heeding::by_process : Heeding::by_pager;
}

// All frames of a kernel.
class Memory {
public:
    explicit Memory(const std::string& policy) : usual_(policy, POOL) {}

    void advise(Heeding heeding, std::uint64_t first, std::uint64_t pages) {
        if (heeding == Heeding::by_process)
            return usual_.take_policy("mru");
        constexpr std::size_t KEPT = std::max<std::size_t>(8, POOL / 8); // docs/virtual-memory.md
        usual_.shrink(KEPT);
        own_.emplace("mru", std::min<std::size_t>(pages, POOL - KEPT));
        first_ = first;
        end_ = first + pages;
    }
    bool refer(std::uint64_t page) {
        const bool is_own = own_.has_value() && page >= first_ && page < end_;
        return is_own ? own_->refer(page) : usual_.refer(page);
    }
    // What an instruction refers to, as often as it takes until all of it is there at once.
    void refer(const probe::PageEvent& event) {
        while (refer(event.fetch_page) || (has_data(event) && refer(event.data_page))) {
        }
    }
    std::uint64_t faults() const {
        return usual_.faults() + (own_.has_value() ? own_->faults() : 0);
    }

private:
    lab::Replacement usual_;
    std::optional<lab::Replacement> own_;
    std::uint64_t first_ = 0, end_ = 0;
};

// Where the program tells of its region, in EVENTS: the last call before the first store there.
struct Advised {
    Heeding heeding = Heeding::none;
    std::size_t call = ~0ULL; // the event; none: the kernel does not heed it
    std::uint64_t first = 0;  // page
};

// The program maps nothing else, and begins with the first page.
Advised find_advice(Heeding heeding, const std::vector<probe::PageEvent>& events) {
    if (heeding == Heeding::none)
        return {};
    std::size_t call = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (events[i].kind == Kind::call)
            call = i;
        const std::uint64_t page = events[i].data_page;
        if (has_data(events[i]) && page >= MAP_BASE / 4096 && page < MAP_END / 4096)
            return {heeding, call, page};
    }
    return {};
}

// Simulates EVENTS up to the end of the scan. Every fault of the trace is one here, and none else.
// The faults between the two system calls that enclose the scan. (After it the program prints, and
// the kernel itself refers to its text, which no trace of user mode tells.)
std::uint64_t faults_simulated(const std::string& policy,
                               const std::vector<probe::PageEvent>& events,
                               const Advised& advised) {
    Memory memory(policy);
    memory.refer(STACK_PAGE);
    std::uint64_t traced = memory.faults(), wrong = 0;
    std::uint64_t at_call = 0, loads = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const probe::PageEvent& event = events[i];
        if (event.kind == Kind::fault) {
            ++traced;
            continue;
        }
        memory.refer(event);
        wrong += memory.faults() != traced ? 1 : 0;
        loads += event.kind == Kind::load ? 1 : 0;
        if (event.kind != Kind::call)
            continue;
        if (i == advised.call)
            memory.advise(advised.heeding, advised.first, PAGES);
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
        for (const std::string policy : {"fifo", "clock", "lru", "mru", "own"}) {
            CAPTURE(kernel);
            CAPTURE(policy);
            const Run seen = run(kernel, policy);
            const Advised advised = find_advice(heeding_of(kernel), seen.events);
            CHECK(seen.faults_said == faults_simulated(policy, seen.events, advised));
        }
}

TEST_CASE("policy: a cyclic scan makes the default policy thrash, and mru not, or the advised") {
    for (const std::string& kernel : kernels_with(PAGING)) {
        CAPTURE(kernel);
        const bool heeds = heeding_of(kernel) != Heeding::none;
        CHECK((run(kernel, "clock").faults_said < 320) == heeds);
        CHECK((run(kernel, "clock").faults_said >= LOADS) == !heeds);
        CHECK(run(kernel, "mru").faults_said < 320);
    }
}
