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
        resolve_known(region, record);
    return {};
}

Result<void> Memory::resolve_elsewhere(SpaceId id, const Fault& fault) {
    const Page page = Page::containing(fault.address);
    Space& space = spaces_[id.raw()];
    TRY(space.regions.find(page));
    space.pages.reach(nodes_, page);
    return resolve_at_hand(id, fault);
}

// FRAME is the page's from now on.
inline FrameRecord& Memory::settle(FrameIndex frame) {
    nodes_[resolution_.place] = Record::resident(frame);
    resolution_.frame = frame;
    return core_.insert(frame, resolution_.space, resolution_.page);
}

// A frame for what is no first touch.
Result<void> Memory::frame_to_fill() {
    if (resolution_.supply > Supply::swap) {
        keep_frame();
        return {};
    }
    if (core_.resident() < pool_)
        if (const Result<FrameIndex> frame = frames.take()) {
            describe(settle(*frame));
            return {};
        }
    return take_from_others();
}

// No frame is free for this fault: one that the policy chooses, but not the one to be copied.
Result<void> Memory::take_from_others() {
    const bool copies = resolution_.supply == Supply::copy;
    const FrameIndex frame = TRY(evict(copies ? resolution_.source : CoreMap::NONE));
    ++counters_.evictions_in_fault;
    FrameRecord& record = settle(frame);
    if (resolution_.supply != Supply::zero)
        describe(record);
    return {};
}

} // namespace vm

extern "C" [[gnu::noipa]] Result<void> fault_resolve(vm::Memory& memory, vm::SpaceId id,
                                                     const Fault& fault) {
    if (!memory.spaces_[id.raw()].at_hand(Page::containing(fault.address))) [[unlikely]]
        return memory.resolve_elsewhere(id, fault);
    return memory.resolve_at_hand(id, fault);
}

extern "C" [[gnu::noipa]] Result<void> fault_frame(vm::Memory& memory) {
    if (memory.resolution_.supply != vm::Supply::zero) [[unlikely]]
        return memory.frame_to_fill();
    if (memory.core_.resident() < memory.pool_) [[likely]] {
        const Result<vm::FrameIndex> frame = memory.frames.take();
        if (frame) [[likely]] {
            memory.settle(*frame);
            return {};
        }
    }
    return memory.take_from_others();
}

extern "C" [[gnu::noipa]] Result<void> fault_fill(vm::Memory& memory) {
    const vm::Supply from = memory.resolution_.supply;
    if (from == vm::Supply::zero) [[likely]]
        zero_page(memory.frames.bytes(memory.resolution_.frame));
    else
        TRY(memory.fill());
    ++memory.counters_.faults[static_cast<std::size_t>(from)];
    return {};
}
