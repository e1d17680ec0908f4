// A process's virtual memory: services/vm, private to it.
// SPDX-License-Identifier: MIT
//
// vm::Service for services/calls. fork is what differs: the child is an environment of its own, whose
// memory is a copy of this one (fork.cpp).
#pragma once

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
        return BehindLock::map(space, region);
    }
    // The copy is not wanted; or SPACE is this process's own.
    void destroy(vm::SpaceId space);
};

// Sets the process's memory up, before the first program. As vm::Memory::set_up.
Result<void> place_memory(const vm::Configuration& configuration);
