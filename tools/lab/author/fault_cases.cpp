// Lab 2's cases, task by task: what each asks, and what is right.
// SPDX-License-Identifier: MIT
//
// A part of a task is one idea that a student may have missed. Tasks 1 to 4 are here; then
// fault_copy_cases.cpp and fault_kernel_cases.cpp.
#include "fault_query.hpp"

namespace lab::fault {

namespace {

void save(Cases& cases) {
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        query.step(Step::save, {cases.numbers.word()}, {0, 1, 0, 1});
        cases.add(
            "1", "save", query,
            "every register of the program and its pc lie in the frame; in the kernel sscratch "
            "is 0 and tp the hart",
            "sp is not the program's sp any more when you store: where is that one? And "
            "nothing may be used before it is stored.",
            "break trap_vector");
    }
}

void restore(Cases& cases) {
    for (unsigned i = 0; i < cases.times(1); ++i)
        for (const std::uint64_t base : {5, 31}) {
            Query query;
            query.step(Step::restore, {cases.numbers.word(), base}, {1, 0, 1});
            cases.add("1", "restore", query,
                      "the program runs on at the frame's pc with the frame's registers, and "
                      "sscratch is the frame's address for the next trap",
                      "Which register do you need until the end? Restore that one last.",
                      "break first_return");
        }
    for (unsigned i = 0; i < cases.times(1); ++i)
        for (const std::uint64_t base : {5, 31}) {
            Query query;
            query.step(Step::round, {cases.numbers.word(), base}, {0});
            cases.add("1", "there and back", query,
                      "behind a trap each register has the value that it had before",
                      "What you save and what you restore must be the same slots of the frame.",
                      "break trap_vector");
        }
}

void receive(Cases& cases) {
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        for (const auto& [cause, access] :
             {std::pair{15, STORE}, std::pair{13, LOAD}, std::pair{12, FETCH}}) {
            const std::uint64_t address = cases.numbers.word() >> 26;
            const std::uint64_t pc = cases.numbers.word() >> 26 & ~std::uint64_t{1};
            query.step(Step::receive, {static_cast<std::uint64_t>(cause), address, pc},
                       {address, pc, access});
        }
        cases.add("2", "receive", query,
                  "the address from stval, the pc from the frame, the access from scause",
                  "stval is what was accessed, the frame's pc is who accessed it.",
                  "break fault_receive");
    }
}

void dispatch(Cases& cases) {
    Query query;
    for (unsigned i = 0; i < 3; ++i)
        query.step(Step::dispatch, {1 + cases.numbers.below(60)}, {1});
    cases.add("2", "dispatch", query, "the process that runs", "kernel.hpp has a function for it.",
              "break fault_dispatch");
}

// What a fault does that is legal.
void first_touch(Cases& cases) {
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        query.step(Step::begin);
        query.region(0, page, 8, RW);
        query.step(Step::soil);
        query.resolves(0, STORE, address_of(page + 3) + cases.numbers.below(4096), RW, ZERO);
        query.step(Step::frame, {}, {0, 1, 1});
        query.step(Step::fill, {}, {0});
        query.step(Step::nonzero, {}, {0});
        query.step(Step::place);
        query.touches(0, LOAD, page + 4, RW, 2);
        query.step(Step::nonzero, {}, {0});
        query.step(Step::counted, {ZERO}, {2});
        cases.add(
            "3", "a first touch", query,
            "the resolution says page, rights and supply; a frame of its own, all zeroes; and "
            "it is counted",
            "A frame that is taken holds whatever its last user left there.",
            "break fault_resolve");
    }
}

void not_permitted(Cases& cases) {
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        query.step(Step::begin);
        query.region(0, page, 4, R);
        query.region(0, page + 8, 4, RW);
        query.region(0, page + 16, 4, RX);
        query.region(0, page + 24, 4, NO_RIGHTS);
        query.refuses(0, STORE, address_of(page + 1), Reply::not_permitted);
        query.resolves(0, LOAD, address_of(page + 1), R, ZERO);
        query.refuses(0, FETCH, address_of(page + 9), Reply::not_permitted);
        query.resolves(0, STORE, address_of(page + 9), RW, ZERO);
        query.resolves(0, FETCH, address_of(page + 17), RX, ZERO);
        query.refuses(0, STORE, address_of(page + 18), Reply::not_permitted);
        query.refuses(0, LOAD, address_of(page + 25), Reply::not_permitted);
        query.touches(0, STORE, page + 10, RW, 1); // what was refused has left nothing
        cases.add("3", "not permitted", query,
                  "not_permitted where the region's rights do not allow the access",
                  "Region::rights and Rights::allow; before anything else is done.",
                  "break fault_resolve");
    }
}

void bad_address(Cases& cases) {
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        const std::uint64_t pages = 1 + cases.numbers.below(20);
        query.step(Step::begin);
        query.region(0, page, pages, RW);
        query.refuses(0, LOAD, address_of(page + pages), Reply::bad_address);
        query.refuses(0, STORE, address_of(page) - 1, Reply::bad_address);
        query.resolves(0, STORE, address_of(page + pages) - 1, RW, ZERO);
        query.resolves(0, LOAD, address_of(page), RW, ZERO);
        query.refuses(0, LOAD, 8, Reply::bad_address);
        cases.add("3", "bad address", query,
                  "bad_address where no region is; the first and the last byte of a region are its",
                  "regions.find says it: let it go up (TRY).", "break fault_resolve");
    }
}

// Another region, another window of records, another space; and the same page again.
void elsewhere(Cases& cases) {
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.window() + 60;
        query.step(Step::begin);
        query.step(Step::begin);
        query.region(0, page, 9, RW);
        query.region(0, page + 100, 4, R);
        query.region(1, page, 9, RW);
        query.step(Step::soil);
        query.touches(0, STORE, page + 3, RW, 1); // the last of its window
        query.touches(0, STORE, page + 4, RW, 2); // the first of the next
        query.touches(0, LOAD, page + 101, R, 3);
        query.touches(1, STORE, page + 3, RW, 4);
        query.same(0, 1, page + 3, false);
        query.pokes(0, page + 3, 0x111);
        query.peeks(1, page + 3, 0);
        query.keeps(0, LOAD, page + 3, RW, PRESENT, 4);
        query.peeks(0, page + 3, 0x111);
        query.step(Step::counted, {PRESENT}, {1});
        cases.add(
            "3", "elsewhere, and again", query,
            "a page of another region or window is a page of its own; a page that is there "
            "stays what it is",
            "Its record must be reached before it is read (PageMap::reach); and a record that "
            "is not absent is resolve_known's.",
            "break fault_resolve");
    }
}

void install(Cases& cases) {
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.window();
        query.step(Step::begin);
        query.step(Step::window, {0, page});
        for (const std::uint64_t access : {STORE, LOAD})
            query.installs(0, page + 1 + access + cases.numbers.below(4) * 8, RW, access);
        query.installs(0, page + 40, R, LOAD);
        cases.add("4", "install", query,
                  "the frame with V, U, the rights and A; D only after a store; and one fence",
                  "PteFlags::used makes the flags; a page that was only read must not be written "
                  "back.",
                  "break fault_install");
    }
    for (unsigned i = 0; i < cases.times(1); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.window();
        query.step(Step::begin);
        query.step(Step::window, {0, page});
        query.installs(0, page + 1 + cases.numbers.below(30), RX, FETCH);
        query.installs(0, page + 40, RWX, LOAD);
        cases.add("4", "install code", query, "besides, a fence.i before the program runs on",
                  "Who may execute the page may fetch what was just stored there.",
                  "break fault_install");
    }
}

void resume(Cases& cases) {
    Query query;
    const std::uint64_t times = 3 + cases.numbers.below(5);
    query.step(Step::resume, {1}, {1});
    query.step(Step::resume, {times}, {times});
    cases.add("4", "resume", query, "one mended fault more each time",
              "task.hpp: Process counts them.", "break fault_resume");
}

} // namespace

void Cases::add(const std::string& task, const std::string& part, Query& query,
                const std::string& words, const std::string& hint, const std::string& debug) {
    add(rig_case(made_, shown,
                 {.task = task,
                  .part = part,
                  .rig = query.take(),
                  .words = words,
                  .hint = hint,
                  .debug = debug}));
}

} // namespace lab::fault

namespace lab {

std::vector<Case> fault_cases(std::uint64_t seed, Shown shown) {
    // Visible and hidden cases are two rows of numbers.
    constexpr std::uint64_t HIDDEN = 0x9e3779b97f4a7c15;
    fault::Cases cases(seed ^ (shown == Shown::hidden ? HIDDEN : 0), shown);
    fault::save(cases);
    fault::restore(cases);
    fault::receive(cases);
    fault::dispatch(cases);
    fault::first_touch(cases);
    fault::not_permitted(cases);
    fault::bad_address(cases);
    fault::elsewhere(cases);
    fault::install(cases);
    fault::resume(cases);
    fault::copy_cases(cases);
    fault::kernel_cases(cases);
    return cases.take();
}

} // namespace lab
