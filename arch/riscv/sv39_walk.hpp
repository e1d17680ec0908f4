// Whole address spaces: visiting every page of a program, and taking the tables back.
// SPDX-License-Identifier: MIT
//
// Pure code over a TableView, like sv39.hpp. Most entries of most tables are empty, so eight of
// them, a cache line, are looked at in one turn.
#pragma once

#include "arch/riscv/sv39.hpp"

namespace sv39 {

// The root entries of the half that programs have; the rest is the kernel's, shared by all spaces.
inline constexpr unsigned USER_ENTRIES = ENTRIES / 2;
inline constexpr unsigned ENTRIES_A_TURN = 8;

// Calls visit(index, entry) for each valid entry among the first COUNT (a multiple of eight).
template <class Visit>
void for_each_valid(Table& table, unsigned count, Visit visit) {
    for (unsigned first = 0; first < count; first += ENTRIES_A_TURN) {
        Pte* const turn = &table.entries[first];
        std::uint64_t any = 0;
        for (unsigned i = 0; i < ENTRIES_A_TURN; ++i)
            any |= turn[i].raw();
        if (any == 0) [[likely]]
            continue;
        for (unsigned i = 0; i < ENTRIES_A_TURN; ++i)
            if (turn[i].is_valid())
                visit(first + i, turn[i]);
    }
}

// Calls visit(page, entry) for every 4 KiB leaf of the program half, in ascending order. ENTRY may
// be changed; the caller fences.
template <TableView M, class Visit>
void for_each_page(M& memory, Frame root, Visit visit) {
    for_each_valid(memory.table(root), USER_ENTRIES, [&](unsigned top, Pte& upper) {
        if (!upper.is_table())
            return;
        for_each_valid(memory.table(upper.frame()), ENTRIES, [&](unsigned middle, Pte& lower) {
            if (!lower.is_table())
                return;
            for_each_valid(memory.table(lower.frame()), ENTRIES, [&](unsigned last, Pte& leaf) {
                visit(Page((top * ENTRIES + middle) * std::uint64_t{ENTRIES} + last), leaf);
            });
        });
    });
}

// Takes all tables below ROOT out of the program half, and hands the frame of each to give(frame).
// The last level is not looked into: a table is zeroes again, ready to be another one, if every
// page in it was unmapped before. The caller fences.
template <TableView M, class Give>
void release_tables(M& memory, Frame root, Give give) {
    for_each_valid(memory.table(root), USER_ENTRIES, [&](unsigned, Pte& upper) {
        if (upper.is_table()) {
            for_each_valid(memory.table(upper.frame()), ENTRIES, [&](unsigned, Pte& lower) {
                if (lower.is_table())
                    give(lower.frame());
                lower = Pte();
            });
            give(upper.frame());
        }
        upper = Pte();
    });
}

} // namespace sv39
