// vm::Service over a vm::Memory that threads share: each operation with the lock held.
// SPDX-License-Identifier: MIT
//
// For a kernel and for an extension. Here an address space is more than its pages: its page tables
// begin and end with it, and room is made for them where they come from the frames of pages.
#pragma once

#include "services/io/turn.hpp"
#include "services/vm/service.hpp"
#include "services/vm/visit.hpp"

#include "lib/memory.hpp"

namespace vm {

template <io::Lock L>
class BehindLock {
public:
    constexpr BehindLock(Memory& memory, L& lock) : memory_(memory), lock_(lock) {}

    Result<SpaceId> create(std::span<const Region> regions, HeapPlace heap) {
        const io::Turn turn(lock_);
        const SpaceId space = TRY(make(1));
        const Result<void> done = lay_out(space, regions, heap);
        if (done)
            return space;
        discard(space);
        return std::unexpected(done.error());
    }
    Result<SpaceId> fork(SpaceId parent) {
        const io::Turn turn(lock_);
        const SpaceId child = TRY(make(memory_.translations.tables(parent)));
        const Result<void> copied = memory_.fork(parent, child);
        if (copied)
            return child;
        discard(child);
        return std::unexpected(copied.error());
    }
    void destroy(SpaceId space) {
        const io::Turn turn(lock_);
        discard(space);
    }

    Result<void> map(SpaceId space, const Region& region) {
        const io::Turn turn(lock_);
        return memory_.map(space, region);
    }
    Result<Page> map_within(SpaceId space, const Region& region, PageRange range) {
        const io::Turn turn(lock_);
        Region placed = region;
        placed.first = TRY(memory_.gap(space, region.pages(), range));
        placed.end = placed.first + region.pages();
        TRY(memory_.map(space, placed));
        return placed.first;
    }
    Result<void> unmap(SpaceId space, PageRange range) {
        const io::Turn turn(lock_);
        return memory_.unmap(space, range);
    }
    Result<void> protect(SpaceId space, PageRange range, Rights rights) {
        const io::Turn turn(lock_);
        return memory_.protect(space, range, rights);
    }
    Result<VirtAddr> move_break(SpaceId space, std::int64_t bytes) {
        const io::Turn turn(lock_);
        return memory_.move_break(space, bytes);
    }
    // One Memory has one policy, for everybody: nothing is done.
    Result<void> advise(SpaceId space, PageRange range, abi::Advice) {
        if (!memory_.space(space).regions.all_within(range))
            return std::unexpected(Error::bad_address);
        return {};
    }

    Result<void> mend(SpaceId space, const Fault& fault) {
        const io::Turn turn(lock_);
        return mend_inside(space, fault);
    }
    Result<void> put(SpaceId space, VirtAddr address, Bytes text) {
        const io::Turn turn(lock_);
        while (!text.empty()) {
            const std::uint64_t done = TRY(put_in_page(space, address, text));
            address = address + done;
            text = text.subspan(done);
        }
        return {};
    }

    Result<void> write_back() {
        const io::Turn turn(lock_);
        return memory_.write_back();
    }
    Result<std::uint64_t> set_pool(std::uint64_t frames) {
        const io::Turn turn(lock_);
        const std::uint64_t before = memory_.pool();
        if (frames < before)
            TRY(memory_.shrink(before - frames));
        else
            TRY(memory_.grow(frames - before));
        return before;
    }
    Statistics statistics() { return memory_.statistics(); }
    std::uint64_t resident_pages(SpaceId space) { return memory_.resident_pages(space); }

private:
    Result<void> lay_out(SpaceId space, std::span<const Region> regions, HeapPlace heap) {
        TRY(memory_.set_heap(space, heap.start, heap.limit));
        for (const Region& region : regions)
            TRY(memory_.map(space, region));
        return {};
    }
    // As much of TEXT as goes into the page of ADDRESS; how much that is.
    Result<std::uint64_t> put_in_page(SpaceId space, VirtAddr address, Bytes text) {
        TRY(mend_inside(space, Fault{address, address, Access::store}));
        const PageBytes page = memory_.frames.bytes(memory_.resolution().frame);
        const std::uint64_t at = address.offset_in_page();
        const Bytes piece = text.first(std::min(text.size(), PAGE_SIZE - at));
        copy_across_domains(page.subspan(at), piece);
        return piece.size();
    }
    Result<void> mend_inside(SpaceId space, const Fault& fault) {
        const Result<void> mended = visit(memory_, space, fault);
        if (mended) [[likely]]
            return mended;
        return visit_with_room(memory_, space, fault, mended.error());
    }
    // A new space whose root table is there, and room for as many TABLES as it will soon have.
    Result<SpaceId> make(std::uint64_t tables) {
        TRY(memory_.make_room(tables));
        const SpaceId space = TRY(memory_.create());
        const Result<void> made = memory_.translations.make_tables(space);
        if (made)
            return space;
        discard(space);
        return std::unexpected(made.error());
    }
    void discard(SpaceId space) {
        // A page of a shared file that cannot be written is lost, and there is nobody to tell.
        static_cast<void>(memory_.destroy(space));
        memory_.translations.give_tables(space);
    }

    Memory& memory_;
    L& lock_;
};

} // namespace vm
