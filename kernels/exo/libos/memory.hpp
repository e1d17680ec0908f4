// A process's virtual memory: services/vm, private to it.
// SPDX-License-Identifier: MIT
//
// vm::Service for services/calls. fork is what differs: the child is an environment of its own,
// whose memory is a copy of this one (fork.cpp).
#pragma once

#include "primitives.hpp"

#include "abi/address_map.h"
#include "services/io/turn.hpp"
#include "services/vm/behind_lock.hpp"
#include "services/vm/configuration.hpp"

// The one that runs, and the one that an exec is building.
inline constexpr std::size_t SPACES = 2;

inline io::NoLock no_lock; // who is in a process is there alone

class PrivateMemory : public vm::BehindLock<io::NoLock> {
public:
    explicit constexpr PrivateMemory(vm::Memory& memory) : BehindLock(memory, no_lock) {}

    // A copy of SPACE, in an environment that does not run yet (fork.cpp). As vm::Service;
    // not_supported: SPACE may store to a shared file.
    Result<vm::SpaceId> fork(vm::SpaceId space);
    // Not where the library is: it is in nobody's regions. exists.
    Result<void> map(vm::SpaceId space, const vm::Region& region) {
        if (region.end > Page::containing(VirtAddr(LIBRARY_BASE)))
            return std::unexpected(Error::exists);
        TRY(have_nodes(region.pages()));
        return BehindLock::map(space, region);
    }
    Result<Page> map_within(vm::SpaceId space, const vm::Region& region, vm::PageRange range) {
        TRY(have_nodes(region.pages()));
        return BehindLock::map_within(space, region, range);
    }
    Result<VirtAddr> move_break(vm::SpaceId space, std::int64_t bytes) {
        TRY(have_nodes(bytes > 0 ? static_cast<std::uint64_t>(bytes) / PAGE_SIZE : 0));
        return BehindLock::move_break(space, bytes);
    }
    // The process's own memory takes the policy that fits, for all of its pages.
    Result<void> advise(vm::SpaceId space, vm::PageRange range, abi::Advice advice);
    Result<vm::SpaceId> create(std::span<const vm::Region> regions, vm::HeapPlace heap);
    // Fewer: the kernel is asked to ask, and the frames are nobody's then.
    Result<std::uint64_t> set_pool(std::uint64_t frames);
    // So many frames become nobody's, as far as pages can be saved. Not from within a visit.
    void give_back(std::uint64_t count);
    // Of this process, and events of those that have ended, too.
    vm::Statistics statistics();
    // The copy is not wanted; or SPACE is this process's own.
    void destroy(vm::SpaceId space);

private:
    // STEP, which takes frames of the machine. If there were too few, pages make room for COUNT of
    // them, and once again.
    template <class Step>
    Result<void> with_room(std::uint64_t count, Step step) {
        const Result<void> done = step();
        if (done || done.error() != Error::no_memory) [[likely]]
            return done;
        TRY(make_room(count));
        return step();
    }
    Result<void> make_room(std::uint64_t count);
    // Memory for the records of so many pages more, wherever they are put. no_memory.
    Result<void> have_nodes(std::uint64_t pages);
};

// Sets the process's memory up, before the first program. As vm::Memory::set_up.
Result<void> place_memory(const vm::Configuration& configuration);

// What the kernel has asked this process for (frames_wanted) goes back, if it has: to be looked at
// whenever nothing of virtual memory is in the middle of a visit.
void give_frames_back(); // memory.cpp
inline void heed_revocation() {
    if (environment_page().frames_wanted != 0) [[unlikely]]
        give_frames_back();
}
