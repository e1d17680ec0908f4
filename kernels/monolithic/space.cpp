// Building page tables and taking them down.
// SPDX-License-Identifier: MIT
#include "space.hpp"

#include "frames.hpp"

namespace {

// Where the walker finds tables, and gets more of them.
struct TablesFrom : DirectTables {
    Frames& frames;
    std::uint32_t taken = 0;

    explicit TablesFrom(Frames& source) : frames(source) {}
    Result<Frame> new_table() {
        const Frame table = TRY(frames.take_zeroed());
        ++taken;
        return table;
    }
};

} // namespace

Result<void> Space::begin(vm::SpaceId id, Frames& frames) {
    const Frame root = TRY(frames.take_zeroed());
    // Identifier 0 is the kernel's own table's.
    static_cast<AddressSpace&>(*this) =
        AddressSpace(root, sv39::Asid(static_cast<std::uint16_t>(id.raw() + 1)));
    tables_ = 1;
    return {};
}

void Space::end(Frames& frames) {
    if (tables_ == 0) // it never began
        return;
    release_tables([&](Frame table) { frames.give(table); });
    frames.give(root());
    tables_ = 0;
    last_window_ = NO_WINDOW;
}

Result<void> Space::install_elsewhere(Frames& frames, Page page, sv39::Pte entry) {
    TablesFrom tables(frames);
    const Page window(page.number() / sv39::ENTRIES * sv39::ENTRIES);
    const Result<sv39::Pte*> made = sv39::make_entry(tables, root(), window);
    tables_ += tables.taken;
    const sv39::Pte* const first = TRY(made);
    last_window_ = page.number() / sv39::ENTRIES;
    last_table_ = Frame::containing(physical(first)); // entry 0: the table's own address
    if (tables.taken != 0)
        csr::fence_all(); // a fence of one page orders its leaf only, not the tables above
    install_in_last_table(page, entry);
    return {};
}
