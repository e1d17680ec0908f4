// Resolve, frame, fill: compiled once for each placement.
// SPDX-License-Identifier: MIT
//
// Before: fault_dispatch of the kernel. Next: its fault_install. Here is the road of a first touch;
// supply.cpp knows where all other pages come from.
#include "services/vm/fault.hpp"

#include "services/vm/memory.hpp"

namespace vm {

// Region and record of the page are at hand.
inline Result<void> Memory::resolve_at_hand(SpaceId id, const Fault& fault) {
    Space& space = spaces_[id.raw()];
    const Region& region = space.regions.found();
    // lab 2 task 3: hole resolve
    const Rights allowed = region.rights;
    if (!allowed.allow(fault.access)) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    const Page page = Page::containing(fault.address);
    const RecordPlace place = space.pages.place(page);
    resolution_.page = page;
    resolution_.place = place;
    resolution_.space = id;
    resolution_.access = fault.access;
    resolution_.rights = allowed;
    resolution_.supply = Supply::zero;
    resolution_.standing = Standing::nothing;
    const Record record = nodes_[place];
    if (!record.is_absent() || region.backing != Backing::anonymous) [[unlikely]]
        TRY(resolve_known(region, record));
    return {};
    // lab 2 end
}

Result<void> Memory::resolve_elsewhere(SpaceId id, const Fault& fault) {
    // lab 2 task 3: hole resolve-elsewhere
    const Page page = Page::containing(fault.address);
    Space& space = spaces_[id.raw()];
    TRY(space.regions.find(page));
    space.pages.reach(nodes_, page);
    return resolve_at_hand(id, fault);
    // lab 2 end
}

// FRAME is the page's from now on.
inline FrameRecord& Memory::assign(FrameIndex frame) {
    // lab 2 task 3: hole assign
    nodes_[resolution_.place] = Record::resident(frame);
    resolution_.frame = frame;
    return core_.insert(frame, resolution_.space, resolution_.page);
    // lab 2 end
}

// The frame of what is no first touch, or when no frame is free: then one that the policy chooses,
// but not the one to be copied.
Result<void> Memory::frame_otherwise() {
    if (resolution_.supply > Supply::swap) {
        keep_frame();
        return {};
    }
    Result<FrameIndex> frame = std::unexpected(Error::no_memory);
    if (core_.resident() < pool_)
        frame = frames.take();
    if (!frame)
        frame = TRY(evict_in_fault(resolution_.supply == Supply::copy ? resolution_.source
                                                                      : CoreMap::NONE));
    describe(assign(*frame));
    return {};
}

} // namespace vm

extern "C" [[gnu::noipa]] Result<void> fault_resolve(vm::Memory& memory, vm::SpaceId space,
                                                     const Fault& fault) {
    if (!memory.spaces_[space.raw()].at_hand(Page::containing(fault.address))) [[unlikely]]
        return memory.resolve_elsewhere(space, fault);
    return memory.resolve_at_hand(space, fault);
}

extern "C" [[gnu::noipa]] Result<void> fault_frame(vm::Memory& memory) {
    // lab 2 task 3: hole frame
    const bool first_touch = memory.resolution_.supply == vm::Supply::zero;
    if (first_touch && memory.core_.resident() < memory.pool_) [[likely]] {
        const Result<vm::FrameIndex> frame = memory.frames.take();
        if (frame) [[likely]] {
            memory.assign(*frame);
            return {};
        }
    }
    return memory.frame_otherwise();
    // lab 2 end
}

extern "C" [[gnu::noipa]] Result<void> fault_fill(vm::Memory& memory) {
    // lab 2 task 3: hole fill
    const vm::Supply from = memory.resolution_.supply;
    if (from == vm::Supply::zero) [[likely]] {
        zero_page(memory.frames.bytes(memory.resolution_.frame));
    } else {
        const Result<void> filled = memory.fill();
        if (!filled) [[unlikely]] {
            memory.translations.settle(); // nothing will be installed
            return filled;
        }
    }
    ++memory.counters_.faults[static_cast<std::size_t>(from)];
    return {};
    // lab 2 end
}
