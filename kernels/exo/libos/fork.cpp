// fork: an environment that is a copy of one's own, made without anybody's help but the kernel's.
// SPDX-License-Identifier: MIT
//
//   make_child       an environment in frames of one's own; the parts and tables that the parent
//   has
//                    (grafted: the library's text, the shared section)
//   give_library     frames for its data
//   give_program     the program's pages, read only from now on (vm::fork_out)
//   hand_child_to    the library's data, copied as far as they are used
// Before: services/calls, by PrivateMemory::fork and Threads::copy. Next: the child, at child_entry
// in entry.S.
#include "fork.hpp"

#include "critical.hpp"
#include "fault.hpp"
#include "libos.hpp"
#include "primitives.hpp"
#include "tables.hpp"
#include "waiting.hpp"

#include "services/calls/lives.hpp"
#include "services/vm/fork_out.hpp"

#include <array>

extern "C" {
// slices.S, entry.S
void slice_begins();
void slice_ends();
void child_entry();
extern std::byte stacks[], stacks_end[], library_end[];
}

namespace {

using abi::exo::Change;

// Within the slots of what is being made: 0 and 1 are scratch (frames.cpp, disk.cpp).
constexpr std::uint64_t CHILD = slots::MAKING + 2;
constexpr std::uint64_t PIECES = slots::MAKING + 3;
constexpr std::uint64_t DATA = PIECES + abi::exo::FRAMES_TO_CREATE; // by the page of the image

constinit bool is_made = false;

// Changes of the child, by lists.
class ChildChanges {
public:
    void install(std::uint64_t slot, std::uint64_t page, Rights rights) {
        add(Change::make(Change::Kind::install, slot, page, rights.raw()));
    }
    void share(std::uint64_t slot) {
        add(Change::make(Change::Kind::share, slot, 0, Rights::all().raw()));
    }
    // Its tables are there, and what is named is bound: nothing is refused.
    void settle() {
        MUST(primitive::change(CHILD, std::span(changes_).first(count_)));
        count_ = 0;
    }

private:
    void add(const Change& change) {
        changes_[count_++] = change;
        if (count_ == changes_.size())
            settle();
    }

    std::array<Change, 64> changes_{};
    std::size_t count_ = 0;
};

// VISIT(address) for each page of the library's data that is there.
template <class Visit>
void for_each_data_page(Visit visit) {
    const auto end = reinterpret_cast<std::uint64_t>(library_end);
    for (std::uint64_t address = EXO_LIBRARY_DATA; address < end; address += PAGE_SIZE)
        if (tables.at(address).is_valid())
            visit(address);
}

// Where the child's frame for the page at ADDRESS is bound while it is made.
constexpr std::uint64_t making_slot(std::uint64_t address) {
    return DATA + (address - EXO_LIBRARY_DATA) / PAGE_SIZE;
}

bool lies_within(std::uint64_t address, const void* first, const void* end) {
    return address >= reinterpret_cast<std::uint64_t>(first) &&
           address + PAGE_SIZE <= reinterpret_cast<std::uint64_t>(end);
}

// Nothing of it is copied, but it must be there: it grows when nobody could be asked for a frame.
bool is_room(std::uint64_t address) {
    const auto& slots = libos.tables.slots;
    return lies_within(address, stacks, stacks_end) ||
           lies_within(address, slots.data() + libos.memory.slots_end(), slots.end());
}

// Whether the page at ADDRESS of the library's data has something that a copy needs: of a table the
// part that was used.
bool is_used(std::uint64_t address) {
    const auto& own = libos.tables;
    const std::uint64_t nodes = libos.memory.nodes_end() * vm::NODE_RECORDS;
    // Of the frames' records the last one closes their queue.
    return !is_room(address) && !lies_within(address, own.nodes.data() + nodes, own.nodes.end()) &&
           !lies_within(address, &own.frames[libos.memory.frames.held_end()], &own.frames.back());
}

// What the child does not get: it makes a table for what it makes itself.
bool is_own(std::uint64_t table) {
    return table == EXO_SHARED || table == LIBRARY_BASE ||
           table == slots::window(slots::MAKING) / Tables::BYTES * Tables::BYTES;
}

// An environment with as many parts and tables as this one.
Result<void> make_environment() {
    TRY(have_table(slots::window(slots::MAKING))); // for copy_data_page
    for (std::uint64_t i = 0; i < abi::exo::FRAMES_TO_CREATE; ++i)
        TRY(take_frame(PIECES + i));
    TRY(primitive::create(PIECES, CHILD));
    TRY(primitive::graft(CHILD, EXO_SHARED, slots::SHARED));
    TRY(primitive::graft(CHILD, LIBRARY_BASE, abi::exo::NONE)); // text and constants
    for (std::uint64_t part = 0; part < abi::exo::PARTS; ++part) {
        if (!tables.has_part(part) || part == slots::SHARED / slots::PART_SLOTS)
            continue;
        TRY(take_frame(slots::MAKING));
        TRY(primitive::give_part(CHILD, part, slots::MAKING));
    }
    Result<void> given{};
    tables.for_each([&](std::uint64_t address) {
        if (is_own(address) || !given)
            return;
        given = take_frame(slots::MAKING);
        if (given)
            given = primitive::give_table(CHILD, address, slots::MAKING);
    });
    return given;
}

// Frames for the library's data. The child binds none of them: they are its own as long as they are
// mapped, and it takes no page of its library away. What of a table was not used yet it gets when
// it is (have_data in frames.cpp).
Result<void> give_library() {
    ChildChanges child;
    Result<void> given{};
    for_each_data_page([&](std::uint64_t address) {
        if (!given || !(is_used(address) || is_room(address)))
            return;
        given = take_frame(making_slot(address));
        if (given)
            child.install(making_slot(address), address, Rights::read_write());
    });
    TRY(given);
    child.settle();
    return primitive::share(CHILD, slots::FILES_EXTENT, slots::FILES_EXTENT, 1, Rights::all());
}

// The program's pages, which no one may write to now, and the child's window onto their frames.
Result<void> give_program(vm::SpaceId space) {
    std::array<std::uint64_t, slots::FRAME_COUNT / 64> given{}; // a bit for each frame
    ChildChanges child;
    TRY(libos.memory.fork_out(
        space, [&](Page page, vm::FrameIndex frame, Rights rights) -> Result<void> {
            const std::uint64_t slot = slots::FRAMES + frame.raw();
            std::uint64_t& word = given[frame.raw() / 64];
            const std::uint64_t bit = 1ULL << frame.raw() % 64;
            if ((word & bit) == 0) {
                word |= bit;
                child.share(slot);
                child.install(slot, slots::window(slot), Rights::read_write());
            }
            if (rights.can_read())
                child.install(slot, page.start().raw(), rights);
            return {};
        }));
    child.settle();
    return {};
}

// A page of the library's data into the frame that the child has for it already. Through the
// window, where the frame is put for that, and taken away again; it is the child's alone then.
void copy_data_page(std::uint64_t address) {
    if (!is_used(address) && !is_room(address))
        return;
    const std::uint64_t slot = making_slot(address);
    const Page window = Page::containing(VirtAddr(slots::window(slot)));
    if (is_used(address)) {
        MUST(primitive::install(slot, window, Rights::read_write(), 3)); // it is bound
        copy_page(PageBytes(reinterpret_cast<std::byte*>(window.start().raw()), PAGE_SIZE),
                  PageBytes(reinterpret_cast<std::byte*>(address), PAGE_SIZE));
        primitive::call(abi::exo::Primitive::remove, window.start().raw());
    }
    MUST(primitive::release(slot)); // the same
}

} // namespace

bool has_child() { return is_made; }

Result<void> make_child(vm::SpaceId space) {
    Result<void> made = make_environment();
    if (made)
        made = give_library();
    if (made)
        made = give_program(space);
    if (made && libos.memory.swap.was_used()) {
        made = take_frame(slots::MAKING);
        if (made)
            made = libos.memory.swap.copy_to(CHILD);
        static_cast<void>(primitive::release(slots::MAKING)); // or it is not there
    }
    is_made = true;
    if (!made)
        discard_child();
    return made;
}

// What had been prepared is given back.
void discard_child() {
    is_made = false;
    static_cast<void>(primitive::destroy(CHILD)); // or it was not made yet
    for (std::uint64_t slot = slots::MAKING; slot < slots::MAKING_END; ++slot)
        static_cast<void>(primitive::release(slot)); // or nothing is there
}

void hand_child_to(unix::ProcessIndex index) {
    is_made = false;
    const abi::exo::Contexts contexts{reinterpret_cast<std::uint64_t>(exception_entry),
                                      reinterpret_cast<std::uint64_t>(slice_begins),
                                      reinterpret_cast<std::uint64_t>(slice_ends)};
    MUST(primitive::set_contexts(CHILD, contexts));
    MUST(primitive::give_slice(index.number(), CHILD));
    MUST(primitive::tell_end(CHILD, slots::name_of(shared.deaths)));
    MUST(primitive::share(abi::exo::SELF, CHILD, slots::ENVIRONMENTS + index.number(), 1,
                          Rights::all()));
    MUST(primitive::unbind(CHILD));
    // What the child finds in its own data.
    const unix::ProcessIndex self = std::exchange(libos.self, index);
    go_on = reinterpret_cast<std::uint64_t>(child_entry);
    for_each_data_page(copy_data_page);
    libos.self = self;
}

Result<vm::SpaceId> PrivateMemory::fork(vm::SpaceId space) {
    constexpr std::uint64_t FRAMES_OF_A_CHILD = 96; // about; without its program's
    TRY(with_room(FRAMES_OF_A_CHILD, [&] { return make_child(space); }));
    return space;
}

void PrivateMemory::destroy(vm::SpaceId space) {
    if (has_child())
        discard_child();
    else
        BehindLock::destroy(space);
}

// entry.S, in the child: its data are its parent's, a moment ago.
extern "C" std::uint64_t begin_child() {
    libos.memory.frames.forget_free_ones();
    libos.memory.forget_counters();
    tables.forget(slots::window(slots::MAKING));
    name_environment(shared.system.name(libos.self));
    begin_turn();
    if (shared.killed[libos.self.number()] != 0)
        call::end_killed(this_process());
    leave_critical();
    return 0;
}
