// Finding a program's files in the initial RAM disk, and the slot that a program was linked for.
// SPDX-License-Identifier: MIT
//
// The initial RAM disk is the disk's image, as mkfs makes it.
#pragma once

#include "abi/address_map.h"
#include "lib/elf.hpp"

#include <string_view>

namespace exec {

// The file DIRECTORY/FILE of DISK, in place. not_found, malformed and others (fs::MemoryImage).
Result<Bytes> find_image(Bytes disk, std::string_view directory, std::string_view file);

// Where programs may stand: slots of BYTES each, COUNT of them from FIRST on.
struct Slots {
    VirtAddr first;
    std::uint64_t bytes;
    std::uint64_t count;
};
inline constexpr Slots PROGRAMS{VirtAddr(PROGRAM_SLOTS), SLOT_SIZE, PROGRAM_SLOT_COUNT};
// Where the system library does.
inline constexpr Slots LIBRARIES{VirtAddr(LIBRARY_BASE), SLOT_SIZE, 1};

// The start of the slot in which PROGRAM's first segment lies. malformed: no ELF file, or outside
// all slots.
Result<VirtAddr> slot_of(Bytes program, const Slots& slots);

} // namespace exec
