// Page tables of an environment: in frames that it names, and may read.
// SPDX-License-Identifier: MIT
//
// A RISC-V page table cannot map itself (an entry is a pointer or a leaf, never both), so each
// table is mapped a second time, read-only, in a window at EXO_TABLES: the one of address A at page
// A / 2 MiB of the window. The environment page takes the place of the last one, so the last 2 MiB
// below USER_END stay empty.
#include "space.hpp"

#include "kernel.hpp"

namespace {

constexpr std::uint64_t TABLE_PAGES = sv39::ENTRIES; // that one table maps

Page window_page(Page page) {
    return Page::containing(VirtAddr(EXO_TABLES)) + page.number() / TABLE_PAGES;
}

} // namespace

sv39::Table* Space::table_of(Page page) const {
    DirectTables tables;
    sv39::Pte* const first =
        sv39::find_entry(tables, root(), Page(page.number() / TABLE_PAGES * TABLE_PAGES));
    return reinterpret_cast<sv39::Table*>(first);
}

void Space::give_upper_table(Page page, Frame table) {
    table_in(root()).entries[sv39::index_at(page, 2)] = sv39::Pte::table(table);
}

sv39::Pte& Space::upper_entry(Page page) const {
    sv39::Table& upper = table_in(table_in(root()).entries[sv39::index_at(page, 2)].frame());
    return upper.entries[sv39::index_at(page, 1)];
}

Result<void> Space::check_place(Page page) const {
    if (!is_user_page(page) || window_page(page) >= Page::containing(VirtAddr(EXO_ENVIRONMENT)))
        return std::unexpected(Error::invalid);
    if (upper_entry(page).is_valid())
        return std::unexpected(Error::already_mapped);
    return {};
}

void Space::give_table(Page page, Frame table) {
    upper_entry(page) = sv39::Pte::table(table);
    DirectTables tables;
    sv39::Pte* const window = sv39::find_entry(tables, root(), window_page(page));
    *window = sv39::Pte::leaf(table, sv39::PteFlags::user(Rights::read()));
    csr::fence_all(); // a fence of one page orders its leaf only, not the tables above
}
