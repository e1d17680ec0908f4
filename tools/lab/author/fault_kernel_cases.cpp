// Lab 2's cases of whole programs: their road, its length, and what the student measured of it.
// SPDX-License-Identifier: MIT
#include "fault_query.hpp"

namespace lab::fault {

namespace {

using Stages = std::vector<std::string>;
const Stages ALL = {"receive", "dispatch", "resolve", "frame", "fill", "install", "resume"};

// Instructions of zero-fill without fill: the solution takes 346 with GCC 12. That leaves room for
// a dozen instructions in each of some stages, and none for a search or a second walk.
constexpr std::uint64_t BUDGET = 400;

const char* const HUNG =
    "a fault is said to be mended and is not, so that the same instruction faults for ever: a "
    "wrong "
    "address from fault_receive, an entry that does not allow the access, a pc that is not the "
    "frame's";

struct Road {
    Stages stages = ALL;
    const char* access = "store";
    bool completed = true;
    std::uint64_t exits = 1;
    std::optional<std::uint64_t> crossings = 2;
};

void program(Cases& cases, const char* part, const char* name, const Road& road, const char* words,
             const char* hint) {
    Case made{.task = "6", .part = part, .name = std::string("program: ") + name};
    made.kernel = {.kernel = "monolithic",
                   .program = name,
                   .status = 0,
                   .stages = road.stages,
                   .access = road.access,
                   .completed = road.completed,
                   .fences = 0,
                   .exits = road.exits,
                   .crossings = road.crossings,
                   .hung = HUNG};
    made.words = words;
    made.hint = hint;
    made.debug = std::string("./faultline debug monolithic ") + name +
                 "\n(gdb) break fault_receive\n(gdb) continue";
    cases.add(std::move(made));
}

void visible_programs(Cases& cases) {
    program(cases, "registers", "registers", {},
            "a store to a new page takes all seven stages, and no register "
            "of the program is another one behind it",
            "Tasks 1 to 4 first.");
    program(cases, "first touch", "zero-fill", {},
            "a store to a new page takes all seven stages, and the page is "
            "zero but for the word that was stored",
            "Tasks 1 to 4 first.");
    program(cases, "bad address", "bad-address",
            {.stages = {"receive", "dispatch", "resolve"}, .completed = false, .crossings = {}},
            "a store where no region is ends the process, and its parent lives on",
            "bad_address must go up from fault_resolve, and nothing may be mended then.");
    program(
        cases, "not permitted", "protect",
        {.stages = {"receive", "dispatch", "resolve", "handler"}, .crossings = {}},
        "a store to a read-only page reaches the program's own handler; when that has given the "
        "right back, the store goes through",
        "not_permitted must go up from fault_resolve.");
    program(cases, "copy", "cow", {.exits = 2},
            "a store to a page that is shared with a child takes all seven stages; the child keeps "
            "what was there",
            "Task 5 first.");
}

void hidden_programs(Cases& cases) {
    program(cases, "first touch", "stack", {}, "a stack that grows takes all seven stages",
            "Tasks 1 to 4 first.");
    program(cases, "first touch", "file", {.access = "load"},
            "a load from a mapped file takes all seven stages",
            "What is no first touch is memory.fill's, and resolve_known's.");
}

void budget(Cases& cases) {
    if (cases.shown == Shown::hidden)
        return;
    Case made{.task = "7", .part = "budget", .name = "budget: zero-fill"};
    made.kernel = {.kernel = "monolithic",
                   .program = "zero-fill",
                   .status = 0,
                   .stages = ALL,
                   .access = "store",
                   .completed = true,
                   .fences = 1,
                   .exits = 1,
                   .crossings = 2,
                   .most = BUDGET,
                   .hung = HUNG};
    made.words = "at most " + std::to_string(BUDGET) +
                 " instructions from the trap to the store, those of fill left out";
    made.hint = "What happens nearly always should be asked first, and nothing should be looked up "
                "twice. The compiler inlines what is small.";
    made.debug = "./faultline compare zero-fill --kernels monolithic";
    cases.add(std::move(made));
}

void numbers(Cases& cases) {
    if (cases.shown == Shown::hidden)
        return;
    for (const char* field : {"instructions", "loads"}) {
        Case made{.task = "8", .part = field, .name = std::string("measured: ") + field};
        made.number = {.key = std::string("copy.") + field,
                       .more = "labs/02-fault/copy.cpp",
                       .less = "labs/02-fault/fresh.cpp",
                       .field = field,
                       .percent = 10};
        made.words = std::string("row `") + field +
                     "` of copy.cpp less that of fresh.cpp, on your kernel, within 10 %";
        made.hint = "Measure again when your code has changed. Write the number alone.";
        made.debug = "./faultline compare labs/02-fault/copy.cpp --kernels monolithic, and the "
                     "same with fresh.cpp";
        cases.add(std::move(made));
    }
}

} // namespace

void kernel_cases(Cases& cases) {
    if (cases.shown == Shown::visible)
        visible_programs(cases);
    else
        hidden_programs(cases);
    budget(cases);
    numbers(cases);
}

} // namespace lab::fault
