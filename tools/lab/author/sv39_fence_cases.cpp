// Lab 1's cases of task 6: changes of a space, and what must be fenced when they are over.
// SPDX-License-Identifier: MIT
//
// The probe sees the stores to tables and the fences (docs/probe.md, `changes`). Where a page was
// used before the change, the machine may show a missing fence, too.
#include "sv39_cases.hpp"

namespace lab::sv39 {

using namespace sv39_lab;

namespace {

constexpr DueFence NOTHING{DueFence::Kind::none};
constexpr DueFence PAGE{DueFence::Kind::page};
constexpr DueFence tables(unsigned count) { return {DueFence::Kind::tables, count}; }

constexpr std::uint64_t DONE = 0;

} // namespace

void fence_cases(Cases& cases) {
    const auto add = [&](const char* part, Query& query, const char* words, const char* hint,
                         const char* where) {
        cases.add("6", part, query, words, hint, std::string("break AddressSpace::") + where);
    };
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.low_page(), frame = data(cases);
        query.entry(page);
        query.change(Step::space_map, {page, frame, 3}, {DONE}, PAGE);
        query.loads(page, frame);
        query.stores(page);
        query.change(Step::space_map, {page, data(cases, 1), 1}, {reply(Reply::already_mapped)},
                     NOTHING);
        query.loads(page, frame);
        add("map where the tables are there", query, "in force on return",
            "An implementation may remember that nothing was there. What makes it look again, and "
            "from when on?",
            "map");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.low_page(), frame = data(cases);
        query.entry(page ^ 1 << 9); // the table above is there
        query.stock(4);
        query.change(Step::space_map, {page, frame, 3}, {DONE}, tables(1));
        query.loads(page, frame);
        const std::uint64_t far = page ^ 1 << 18;
        query.change(Step::space_map, {far, frame, 1}, {DONE}, tables(2));
        query.step(Step::taken, {}, {3});
        query.loads(far, frame);
        add("map where a table is missing", query, "in force on return",
            "Which entries were stored, and which form of the fence covers them? (Section 5 has "
            "three.)",
            "make_entry");
    }
    for (unsigned i = 0; i < cases.times(1); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.low_page();
        const std::uint64_t beside = page ^ 1 << 18; // it does walk
        query.step(Step::walk, {beside}, {query.entry(beside)});
        query.stock(i % 2);
        query.change(Step::space_map, {page, data(cases), 3}, {reply(Reply::no_memory)},
                     i % 2 == 0 ? NOTHING : PAGE);
        query.faults(Use::load, page);
        add("map without memory", query, "no_memory", "TRY hands it up.", "make_entry");
        if (cases.shown == Shown::hidden)
            break; // a table that was made, and its page not: fenced or not, nobody can tell
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.low_page();
        const std::uint64_t first = data(cases), second = data(cases, 1);
        query.place(page, first, USER_RW);
        query.loads(page, first);
        query.change(Step::space_put, {page, second, USER_RO}, {DONE}, PAGE);
        query.reads(query.entry(page), leaf(second, USER_RO));
        query.loads(page, second);
        query.faults(Use::store, page);
        add("space: put", query, "in force on return, whatever stood there",
            "It does not ask whether the entry was valid.", "put");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.low_page(), frame = data(cases);
        query.place(page, frame, USER_RW);
        query.place(page + 1, frame, USER_RO);
        query.loads(page, frame);
        query.change(Step::space_unmap, {page}, {DONE, leaf(frame, USER_RW)}, PAGE);
        query.reads(query.entry(page), 0);
        query.faults(Use::load, page);
        query.loads(page + 1, frame);
        add("space: unmap", query, "the entry that stood there comes back, and the page is gone",
            "The caller wants the entry as it was. And from when on must the page be gone?",
            "unmap");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.low_page();
        const std::uint64_t first = data(cases), second = data(cases, 1);
        query.place(page, first, USER_RW);
        query.loads(page, first);
        query.change(Step::space_replace, {page, second, USER_RO}, {DONE}, PAGE);
        query.loads(page, second);
        query.faults(Use::store, page);
        query.reads(query.entry(page), leaf(second, USER_RO));
        add("space: replace", query, "the other frame and the other flags, in force on return",
            "What orders your store before the next walk?", "replace");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.low_page(), frame = data(cases);
        query.place(page, frame, USER_RW);
        query.stores(page);
        query.change(Step::space_protect, {page, 1}, {DONE}, PAGE);
        query.faults(Use::store, page);
        query.reads(query.entry(page), leaf(frame, USER_RO));
        query.put(query.entry(page), leaf(frame, V | R | U));
        query.change(Step::space_protect, {page, 3}, {DONE}, PAGE);
        query.reads(query.entry(page), leaf(frame, V | R | W | U));
        add("space: protect", query, "other rights; what was noted of the page's use stays",
            "What of the entry belongs to the rights, and what to its history? Task 5 has a "
            "function for it.",
            "protect");
    }
    for (unsigned i = 0; i < cases.times(1); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.low_page(), frame = data(cases);
        query.place(page, frame, USER_RW);
        for (const std::uint64_t rights : {0, 2, 6})
            query.change(Step::space_protect, {page, rights}, {reply(Reply::invalid)}, NOTHING);
        query.reads(query.entry(page), leaf(frame, USER_RW));
        query.change(Step::space_protect, {page ^ 1 << 9, 0}, {reply(Reply::invalid)}, NOTHING);
        add("rights that no entry can carry", query, "invalid, and nothing is stored",
            "Which check comes first? Nothing may have been stored when it fails.", "protect");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.low_page(), frame = data(cases);
        query.place(page, frame, USER_RW);
        query.loads(page, frame);
        query.change(Step::space_clear, {page}, {DONE}, PAGE);
        query.reads(query.entry(page), leaf(frame, USER_RW & ~A));
        query.loads(page, frame);
        query.reads(query.entry(page), leaf(frame, USER_RW));
        add("space: clear_accessed", query, "A is clear, and set again by the next access",
            "Without a fence the machine goes on with what it remembers, and sets no A.",
            "clear_accessed");
    }
    for (unsigned i = 0; i < cases.times(1); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.low_page();
        const std::uint64_t not_mapped = reply(Reply::not_mapped);
        query.step(Step::walk, {page}, {query.entry(page)});
        query.change(Step::space_unmap, {page}, {not_mapped, 0}, NOTHING);
        query.change(Step::space_replace, {page, data(cases), USER_RW}, {not_mapped}, NOTHING);
        query.change(Step::space_protect, {page ^ 1 << 9, 1}, {not_mapped}, NOTHING);
        query.change(Step::space_clear, {page ^ 1 << 18}, {not_mapped}, NOTHING);
        add("a page that is not there", query, "not_mapped, and nothing is stored",
            "TRY(entry_of(page)) hands it up.", "replace");
    }
}

} // namespace lab::sv39
