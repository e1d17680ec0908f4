// Makes an empty file system: a superblock, an empty log, the bitmap, and the root directory.
// SPDX-License-Identifier: MIT
#pragma once

#include "disk.hpp"
#include "services/fs/layout.hpp"

#include <optional>

namespace mkfs {

// Nothing: no such file system can be (fs::plan).
std::optional<Disk> format(const fs::Geometry& geometry);

// Forgets the copies in an empty log, so that an image does not depend on how it was filled.
void reset_log(Disk& disk, const fs::Layout& layout);

// How many blocks the bitmap says are in use.
std::uint32_t used_blocks(const Disk& disk, const fs::Layout& layout);

} // namespace mkfs
