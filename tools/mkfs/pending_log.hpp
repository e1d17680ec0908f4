// What a committed log would change at the next mount, for the checker.
// SPDX-License-Identifier: MIT
#pragma once

#include "disk.hpp"
#include "services/fs/layout.hpp"

#include <optional>

namespace mkfs {

// Copies the pending log's blocks home in DISK; how many there were. Nothing: no header is whole,
// or it names a block that is no home.
std::optional<std::uint64_t> apply_pending_log(Disk& disk, const fs::Layout& layout);

} // namespace mkfs
