// Frames: asked for by their physical names, and bound.
// SPDX-License-Identifier: MIT
//
// Before: vm::Stock, when a fault finds it empty; fork.cpp. Next: ../authority.cpp, by primitives.
#include "frames.hpp"

#include "libos.hpp"
#include "primitives.hpp"
#include "tables.hpp"

namespace {

// Frames before it were seen to be somebody's.
constinit std::uint64_t next_frame = 0;

// The next frame that the kernel's book calls free; all the way round.
Result<Frame> find_free() {
    const std::uint64_t first = environment_page().first_frame;
    const std::uint64_t end = environment_page().frames_end;
    std::uint64_t next = std::max(next_frame, first);
    for (std::uint64_t looked_at = first; looked_at < end; ++looked_at, ++next) {
        if (next >= end)
            next = first;
        const volatile abi::exo::FrameRecord& record = frame_record(Frame(next));
        if (record.owner == abi::exo::FrameRecord::NOBODY && record.bindings == 0 &&
            record.mappings == 0 && record.pins == 0) {
            next_frame = next + 1;
            return Frame(next);
        }
    }
    return std::unexpected(Error::no_memory);
}

} // namespace

// Somebody else may have taken it since it was looked at.
Result<void> take_frame(std::uint64_t slot) {
    for (;;) {
        const Frame frame = TRY(find_free());
        const Result<void> taken = primitive::allocate(frame, slot);
        if (taken || taken.error() != Error::not_permitted)
            return taken;
    }
}

Result<void> take_frame_in_window(std::uint64_t slot) {
    TRY(take_frame(slot));
    const Page page = Page::containing(VirtAddr(slots::window(slot)));
    return primitive::install(slot, page, Rights::read_write(), 3);
}

Result<void> have_table(std::uint64_t address) {
    if (tables.has(address)) [[likely]]
        return {};
    TRY(take_frame(slots::MAKING));
    TRY(primitive::give_table(abi::exo::SELF, address, slots::MAKING));
    tables.note(address);
    return {};
}

Result<void> have_data(const void* first, const void* end) {
    const auto from = reinterpret_cast<std::uint64_t>(first) / PAGE_SIZE * PAGE_SIZE;
    for (std::uint64_t page = from; page < reinterpret_cast<std::uint64_t>(end);
         page += PAGE_SIZE) {
        if (tables.at(page).is_valid()) [[likely]]
            continue;
        TRY(take_frame(slots::MAKING));
        const Page place = Page::containing(VirtAddr(page));
        const Result<void> installed =
            primitive::install(slots::MAKING, place, Rights::read_write(), 3);
        MUST(primitive::release(slots::MAKING)); // mapped, it is this process's still
        TRY(installed);
    }
    return {};
}

// A part of the binding table, and a table for the window, come with the first frame that needs
// them.
Result<void> HeldFrames::hold(vm::FrameIndex index) {
    const std::uint64_t slot = slots::FRAMES + index.raw();
    const std::uint64_t part = slot / slots::PART_SLOTS;
    if (!tables.has_part(part)) [[unlikely]] {
        TRY(take_frame(slots::MAKING));
        TRY(primitive::give_part(abi::exo::SELF, part, slots::MAKING));
        tables.note_part(part);
    }
    const vm::FrameRecord* const record = &libos.tables.frames[index.raw()];
    TRY(have_data(record, record + 1));
    TRY(have_table(slots::window(slot)));
    return take_frame_in_window(slot);
}

bool ProcessFrames::is_shared(vm::FrameIndex frame) const {
    const TableEntry entry = tables.at(slots::window(slots::FRAMES + frame.raw()));
    return frame_record(entry.frame()).bindings != 1;
}

void ProcessFrames::let_go(vm::FrameIndex frame) {
    leaving_[leaving_count_++] = static_cast<std::uint32_t>(frame.raw());
    if (leaving_count_ == leaving_.size())
        let_all_go();
}

// What stood in the window goes with the binding, or the frame would never be free.
void ProcessFrames::let_all_go() {
    using abi::exo::Change;
    std::array<Change, 2 * FRAMES_AT_ONCE> changes{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < leaving_count_; ++i) {
        const std::uint64_t slot = slots::FRAMES + leaving_[i];
        changes[count++] = Change::make(Change::Kind::remove, 0, slots::window(slot));
        changes[count++] = Change::make(Change::Kind::release, slot);
        note_left(vm::FrameIndex(leaving_[i]));
    }
    MUST(primitive::change(abi::exo::SELF, std::span(changes).first(count))); // all are bound
    leaving_count_ = 0;
}
