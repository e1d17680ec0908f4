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
}

Result<void> Space::install_with_tables(Frames& frames, Page page, Frame frame,
                                        sv39::PteFlags flags) {
    TablesFrom tables(frames);
    Result<void> done = map(tables, page, frame, flags);
    tables_ += tables.taken;
    return done;
}
