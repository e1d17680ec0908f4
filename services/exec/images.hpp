// Finding a program's files in the initial RAM disk, and the slot that a program was linked for.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/archive.hpp"
#include "lib/elf.hpp"

#include <string_view>

namespace exec {

// The member DIRECTORY/FILE of ARCHIVE. not_found, malformed (find_in_archive); invalid: the name
// is too long.
Result<Bytes> find_image(Bytes archive, std::string_view directory, std::string_view file);

// Where programs may stand: slots of BYTES each, COUNT of them from FIRST on.
struct Slots {
    VirtAddr first;
    std::uint64_t bytes;
    std::uint64_t count;
};

// The start of the slot in which PROGRAM's first segment lies. malformed: no ELF file, or outside
// all slots.
Result<VirtAddr> slot_of(Bytes program, const Slots& slots);

} // namespace exec
