// Lab 1's cases of tasks 4 and 5: unmapping and protecting.
// SPDX-License-Identifier: MIT
#include "sv39_cases.hpp"

namespace lab::sv39 {

using namespace sv39_lab;

void unmap_cases(Cases& cases) {
    const auto add = [&](const char* part, Query& query, const char* words, const char* hint) {
        cases.add("4", part, query, words, hint, "break sv39::unmap");
    };
    const std::uint64_t done = reply(Reply::done), not_mapped = reply(Reply::not_mapped);
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page(), frame = data(cases);
        query.place(page, frame, USER_RW);
        query.loads(page, frame);
        query.step(Step::unmap, {page}, {done, frame});
        query.faults(Use::load, page);
        query.reads(query.entry(page), 0);
        add("unmap", query, "the frame comes back, and the page is gone",
            "Read the frame before the entry becomes Pte().");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        query.entry(page);
        query.step(Step::snapshot, {});
        query.step(Step::unmap, {page}, {not_mapped, 0});
        query.step(Step::unmap, {page ^ 1 << 9}, {not_mapped, 0});
        query.step(Step::unmap, {page ^ 1 << 18}, {not_mapped, 0});
        query.step(Step::changed, {}, {0});
        query.put(query.entry(page), leaf(data(cases), USER_RW & ~V));
        query.step(Step::unmap, {page}, {not_mapped, 0});
        query.put(query.entry(page, 1), leaf(0x80000, USER_RO));
        query.step(Step::unmap, {page}, {not_mapped, 0});
        add("nothing to unmap", query, "not_mapped",
            "find_entry may return nullptr, or an entry that is not valid: ask before you look.");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        const std::uint64_t first = data(cases), second = data(cases, 1);
        query.place(page, first, USER_RW);
        query.place(page + 1, second, USER_RW);
        query.step(Step::snapshot, {});
        query.step(Step::unmap, {page}, {done, first});
        query.step(Step::changed, {}, {1});
        query.loads(page + 1, second);
        query.step(Step::unmap, {page + 1}, {done, second});
        query.step(Step::changed, {}, {2});
        add("what is beside it stays", query, "one word changes, tables stay",
            "A table is given back when its space ends (sv39_walk.hpp), not when it is empty.");
    }
    for (unsigned i = 0; i < cases.times(1); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        const std::uint64_t first = data(cases), second = data(cases, 1);
        query.place(page, first, USER_RW);
        query.step(Step::unmap, {page}, {done, first});
        query.step(Step::map, {page, second, USER_RO}, {done});
        query.loads(page, second);
        query.step(Step::unmap, {page}, {done, second});
        query.step(Step::unmap, {page}, {not_mapped, 0});
        add("mapped again", query, "what was unmapped can be mapped, and unmapped once only",
            "An unmapped entry is all zeroes, V too.");
    }
}

void protect_cases(Cases& cases) {
    const auto add = [&](const char* part, Query& query, const char* words, const char* hint) {
        cases.add("5", part, query, words, hint, "break sv39::protect");
    };
    const std::uint64_t done = reply(Reply::done), not_mapped = reply(Reply::not_mapped);
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page(), frame = data(cases);
        query.place(page, frame, USER_RW);
        query.stores(page);
        query.step(Step::protect, {page, USER_RO}, {done});
        query.faults(Use::store, page);
        query.loads(page, frame);
        query.reads(query.entry(page), leaf(frame, USER_RO));
        query.step(Step::protect, {page, USER_RX}, {done});
        query.fetches(page);
        add("protect", query, "the same frame, with other flags",
            "Pte::leaf of the entry's own frame and of the new flags.");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        query.entry(page);
        query.step(Step::snapshot, {});
        query.step(Step::protect, {page, USER_RW}, {not_mapped});
        query.step(Step::protect, {page ^ 1 << 9, USER_RW}, {not_mapped});
        query.step(Step::protect, {page ^ 1 << 18, USER_RW}, {not_mapped});
        query.step(Step::changed, {}, {0});
        query.put(query.entry(page), leaf(data(cases), USER_RO & ~V));
        query.step(Step::protect, {page, USER_RW}, {not_mapped});
        query.put(query.entry(page, 1), leaf(0x80000, USER_RO));
        query.step(Step::protect, {page, USER_RW}, {not_mapped});
        add("nothing to protect", query, "not_mapped, and nothing is made",
            "A page that is not there has no rights to change.");
    }
}

} // namespace lab::sv39
