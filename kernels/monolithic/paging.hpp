// What services/vm finds around it in this kernel: page tables.
// SPDX-License-Identifier: MIT
#pragma once

#include "space.hpp"

#include "lib/memory.hpp"

// Address spaces that may exist: one a process, and the one that an exec is building.
inline constexpr std::size_t SPACE_COUNT = 65;

// The page tables, by the number of their address space.
class Translations {
public:
    Space& operator[](vm::SpaceId id) { return spaces_[id.raw()]; }

    Result<void> map(vm::SpaceId id, Page page, vm::FrameIndex frame, Rights rights);
    vm::Usage unmap(vm::SpaceId id, Page page);
    vm::Usage protect(vm::SpaceId id, Page page, Rights rights);
    vm::Usage usage(vm::SpaceId id, Page page) const;
    void clear_accessed(vm::SpaceId id, Page page);

private:
    std::array<Space, SPACE_COUNT> spaces_;
};
