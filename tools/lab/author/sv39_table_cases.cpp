// Lab 1's cases of tasks 2 and 3: walking and mapping.
// SPDX-License-Identifier: MIT
#include "sv39_cases.hpp"

namespace lab::sv39 {

using namespace sv39_lab;

namespace {

// The last page below the entry that the rig's own program has.
constexpr std::uint64_t LAST = ((PROGRAM_ENTRY - 1) * 512 + 511) * 512 + 511;

} // namespace

void walk_cases(Cases& cases) {
    const auto add = [&](const char* part, Query& query, const char* words, const char* hint) {
        cases.add("2", part, query, words, hint,
                  part == std::string("index_at") ? "break sv39::index_at" : "break find_entry");
    };
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        for (unsigned level = 0; level < 3; ++level)
            query.step(Step::index, {page, level}, {index_of(page, level)});
        query.step(Step::index, {LAST, 0}, {511});
        query.step(Step::index, {LAST, 2}, {PROGRAM_ENTRY - 1});
        add("index_at", query, "nine bits for each level",
            "Level 0 has the lowest nine bits of the page's number, level 2, the root, the "
            "highest.");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        query.place(page, data(cases), USER_RW);
        query.place(page + 1, data(cases, 1), USER_RW);
        query.step(Step::snapshot, {});
        query.step(Step::walk, {page}, {query.entry(page)});
        query.step(Step::walk, {page + 1}, {query.entry(page + 1)});
        query.step(Step::changed, {}, {0});
        add("walk", query, "the entry of the last level",
            "Root first: index_at(page, 2), then 1; level 0's entry is what is returned.");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        const std::uint64_t where = query.entry(page); // tables, and a leaf that is not valid
        query.put(query.entry(page + 1), leaf(data(cases), USER_RW));
        query.step(Step::walk, {page}, {where});
        query.put(where, leaf(data(cases), USER_RW & ~V));
        query.step(Step::walk, {page}, {where});
        add("an entry that is not valid", query,
            "the last level's entry is returned, whatever stands in it",
            "Who asks may want to fill it: only what leads there must be valid.");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        query.step(Step::walk, {page}, {query.entry(page)});
        query.step(Step::snapshot, {});
        query.step(Step::walk, {page ^ 1 << 18}, {NOWHERE}); // no entry in the root
        query.step(Step::walk, {page ^ 1 << 9}, {NOWHERE});  // none at level 1
        query.put(query.entry(page, 1), leaf(FIRST_FRAME + 9, 0));
        query.step(Step::snapshot, {});
        query.step(Step::walk, {page}, {NOWHERE}); // a frame's number, but no V
        query.step(Step::changed, {}, {0});
        add("a missing table", query, "nullptr, and nothing is made",
            "An entry that is not valid leads nowhere, whatever its other bits are.");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        query.step(Step::walk, {page ^ 1 << 9}, {query.entry(page ^ 1 << 9)});
        query.put(query.entry(page, 1), leaf(FIRST_FRAME + 8, USER_RX));
        query.step(Step::walk, {page}, {NOWHERE});
        query.put(query.entry(page, 2), leaf(FIRST_FRAME + 8, V | X | U | A));
        query.step(Step::walk, {page}, {NOWHERE});
        add("a large leaf", query, "nullptr: what stands there is a page, and no table",
            "A valid entry with any of R, W, X is a leaf at every level.");
    }
    Query query;
    const std::uint64_t root = cases.numbers.below(PROGRAM_ENTRY - 1);
    for (const std::uint64_t page : {LAST, root * 512 * 512, root * 512 * 512 + 511}) {
        query.place(page, data(cases), USER_RW);
        query.step(Step::walk, {page}, {query.entry(page)});
    }
    add("the first and the last entry", query, "the entry of the last level",
        "Index 0 and index 511 are entries like others.");
}

void map_cases(Cases& cases) {
    const auto add = [&](const char* part, Query& query, const char* words, const char* hint) {
        cases.add("3", part, query, words, hint, "break make_entry");
    };
    const std::uint64_t done = reply(Reply::done);
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page(), frame = data(cases);
        query.stock(6);
        query.step(Step::map, {page, frame, USER_RW}, {done});
        query.step(Step::taken, {}, {2});
        query.loads(page, frame);
        query.stores(page);
        query.faults(Use::load, page + 1);
        add("tables are made", query, "two new tables, and the program reaches the frame",
            "new_table() gives a zeroed frame; Pte::table makes the entry that leads to it.");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        const std::uint64_t first = data(cases), second = data(cases, 1), third = data(cases, 2);
        query.place(page, first, USER_RW);
        query.stock(6);
        query.step(Step::map, {page + 1, second, USER_RO}, {done});
        query.step(Step::taken, {}, {0});
        query.step(Step::map, {page ^ 1 << 9, third, USER_RO}, {done});
        query.step(Step::taken, {}, {1});
        query.loads(page, first);
        query.loads(page + 1, second);
        query.loads(page ^ 1 << 9, third);
        add("tables are shared", query, "a table that is there is used, and none is taken for it",
            "Call new_table() only when the entry is not valid: a frame that is taken and not "
            "linked is lost for ever.");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page(), frame = data(cases);
        query.place(page, frame, USER_RO);
        query.stock(4);
        query.step(Step::snapshot, {});
        query.step(Step::map, {page, data(cases, 1), USER_RW}, {reply(Reply::already_mapped)});
        query.step(Step::taken, {}, {0});
        query.step(Step::changed, {}, {0});
        query.loads(page, frame);
        add("already mapped", query, "the translation that is there stays",
            "set_leaf refuses a valid entry before it writes.");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        query.put(query.entry(page, i % 2 + 1), leaf(0x80000, USER_RO));
        query.stock(4);
        query.step(Step::snapshot, {});
        query.step(Step::map, {page, data(cases), USER_RW}, {reply(Reply::already_mapped)});
        query.step(Step::taken, {}, {0});
        query.step(Step::changed, {}, {0});
        add("a large leaf is in the way", query, "already_mapped, and nothing is changed",
            "A valid entry that is a leaf is no table: do not follow it, do not overwrite it.");
    }
    for (unsigned i = 0; i < cases.times(2); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page(), frame = data(cases);
        query.stock(i % 2);
        query.step(Step::map, {page, frame, USER_RW}, {reply(Reply::no_memory)});
        query.step(Step::taken, {}, {i % 2});
        query.faults(Use::load, page);
        query.stock(2);
        query.step(Step::map, {page, frame, USER_RW}, {done});
        query.step(Step::taken, {}, {2 - i % 2});
        query.loads(page, frame);
        add("no memory for a table", query, "no_memory, and later it goes on from there",
            "TRY hands the error up; the tables made so far stay linked and are used next time.");
    }
    for (unsigned i = 0; i < cases.times(1); ++i) {
        Query query;
        const std::uint64_t first = data(cases), second = data(cases, 1);
        query.stock(4);
        query.step(Step::map, {LAST, first, USER_RO}, {done});
        query.step(Step::map, {LAST - 511, second, USER_RO}, {done});
        query.step(Step::taken, {}, {2});
        query.loads(LAST, first);
        query.loads(LAST - 511, second);
        query.faults(Use::load, LAST - 1);
        add("the last page", query, "entries 511 and 0 of a table are entries like others",
            "Is an index compared with 511, or a loop one short?");
    }
    for (unsigned i = 0; i < cases.times(1); ++i) {
        Query query;
        const std::uint64_t page = cases.numbers.page();
        const std::uint64_t read = data(cases), run = data(cases, 1), hidden = data(cases, 2);
        query.entry(page);
        query.step(Step::map, {page, read, USER_RO}, {done});
        query.step(Step::map, {page + 1, run, USER_RX}, {done});
        query.step(Step::map, {page + 2, hidden, USER_RW & ~U}, {done});
        query.loads(page, read);
        query.faults(Use::store, page);
        query.faults(Use::fetch, page);
        query.fetches(page + 1);
        query.faults(Use::store, page + 1);
        query.faults(Use::load, page + 2);
        add("the machine heeds the flags", query,
            "a program may do what the flags say, and no more",
            "set_leaf writes the flags that it was given, all of them and no others.");
    }
}

} // namespace lab::sv39
