// Frames: asked for by their physical names, and bound.
// SPDX-License-Identifier: MIT
//
// Before: vm::Stock, when a fault finds it empty; fork.cpp. Next: ../authority.cpp, by primitives.
#include "frames.hpp"

#include "critical.hpp"
#include "libos.hpp"
#include "primitives.hpp"
#include "tables.hpp"

namespace {

// Frames before it were seen to be somebody's.
constinit std::uint64_t next_frame = 0;

// As FrameRecord::is_free, of what others change.
bool is_free(const volatile abi::exo::FrameRecord& record) {
    return record.owner == abi::exo::FrameRecord::NOBODY && record.bindings == 0 &&
           record.mappings == 0 && record.pins == 0;
}

// The next frame that the kernel's book calls free; all the way round.
Result<Frame> find_free() {
    const std::uint64_t first = environment_page().first_frame;
    const std::uint64_t end = environment_page().frames_end;
    std::uint64_t next = std::max(next_frame, first);
    for (std::uint64_t looked_at = first; looked_at < end; ++looked_at, ++next) {
        if (next >= end)
            next = first;
        if (is_free(frame_record(Frame(next)))) {
            next_frame = next + 1;
            return Frame(next);
        }
    }
    return std::unexpected(Error::no_memory);
}

// No frame is free: one that this process holds and has no use for is, then, or the kernel asks
// whoever has most, and others run until he has given. no_memory: he is this process itself, which
// has to evict, or nobody has many.
Result<void> have_room() {
    ProcessFrames& frames = libos.memory.frames;
    if (!frames.is_holding()) {
        frames.give_back(1);
        if (find_free())
            return {};
    }
    const Result<std::uint64_t> asked = primitive::want_frames(FRAMES_AT_ONCE);
    frames.note_shortage(!asked || *asked == environment_page().number);
    if (frames.is_short())
        return std::unexpected(Error::no_memory);
    const Critical section;
    yield_slice();
    return {};
}

} // namespace

std::uint64_t free_frames() {
    std::uint64_t count = 0;
    const abi::exo::EnvironmentPage& page = environment_page();
    for (std::uint64_t frame = page.first_frame; frame < page.frames_end; ++frame)
        count += is_free(frame_record(Frame(frame))) ? 1 : 0;
    return count;
}

// Somebody else may have taken it since it was looked at.
Result<void> take_frame(std::uint64_t slot) {
    for (;;) {
        const Result<Frame> frame = find_free();
        if (!frame) [[unlikely]] {
            TRY(have_room());
            continue;
        }
        const Result<void> taken = primitive::allocate(*frame, slot);
        if (!taken && taken.error() == Error::not_permitted)
            continue;
        libos.memory.frames.note_shortage(false);
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
Result<void> HeldFrames::provide(vm::FrameIndex index) {
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

Result<void> HeldFrames::hold(vm::FrameIndex index) {
    is_holding_ = true;
    const Result<void> provided = provide(index);
    is_holding_ = false;
    return provided;
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

namespace {

// Not one that came from another process, by fork.
bool is_own(std::uint32_t frame) {
    const TableEntry entry = tables.at(slots::window(slots::FRAMES + frame));
    return frame_record(entry.frame()).owner == environment_page().number;
}

// What stood in the window goes with the binding, or the frame would never be free.
void release_all(std::span<const std::uint32_t> frames) {
    using abi::exo::Change;
    std::array<Change, 2 * FRAMES_AT_ONCE> changes{};
    std::size_t count = 0;
    for (const std::uint32_t frame : frames) {
        const std::uint64_t slot = slots::FRAMES + frame;
        changes[count++] = Change::make(Change::Kind::remove, 0, slots::window(slot));
        changes[count++] = Change::make(Change::Kind::release, slot);
    }
    MUST(primitive::change(abi::exo::SELF, std::span(changes).first(count))); // all are bound
}

} // namespace

void ProcessFrames::let_all_go() {
    const std::span leaving = std::span(leaving_).first(leaving_count_);
    release_all(leaving);
    for (const std::uint32_t frame : leaving)
        note_left(vm::FrameIndex(frame));
    leaving_count_ = 0;
}

std::uint64_t ProcessFrames::give_back(std::uint64_t most) {
    std::array<std::uint32_t, FRAMES_AT_ONCE> batch{};
    std::uint64_t given = 0;
    while (given < most) {
        const std::uint64_t wanted = std::min<std::uint64_t>(most - given, batch.size());
        std::size_t count = 0;
        for (; count < wanted; ++count) {
            const Result<vm::FrameIndex> frame = leave();
            if (!frame)
                break;
            batch[count] = static_cast<std::uint32_t>(frame->raw());
        }
        if (count == 0)
            break;
        const std::span going = std::span(batch).first(count);
        given += static_cast<std::uint64_t>(std::ranges::count_if(going, is_own));
        release_all(going);
    }
    return given;
}
