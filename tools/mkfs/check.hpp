// Is a file system on a disk consistent? Every invariant, without the service's help.
// SPDX-License-Identifier: MIT
//
// Reads the layout (services/fs/layout.hpp) and nothing else of the file system, so that an error
// of the service is not one of the checker's too. Used by `mkfs --check` and by the tests of power
// cuts.
//
// Every disk gets an answer, whatever stands on it. It takes memory for the blocks that are there,
// and not for what an inode says of itself: a size may claim 4 GiB of holes.
#pragma once

#include "disk.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mkfs {

struct Checked {
    static constexpr std::size_t ERRORS_KEPT = 1000;

    std::vector<std::string> errors; // none: consistent; the first ERRORS_KEPT of them
    std::uint64_t more_errors = 0;   // that were found, and not kept
    std::uint64_t pending = 0;       // copies in a committed log; checked as if they were home
    std::uint64_t orphans = 0;       // inodes without a name, which the next mount frees
    std::uint64_t files = 0;         // and devices
    std::uint64_t directories = 0;
    std::uint64_t used_blocks = 0; // of data
};

Checked check(Disk disk);

} // namespace mkfs
