// A disk with some of everything, for tests that damage it.
// SPDX-License-Identifier: MIT
#pragma once

#include "volume.hpp"

// Files, directories, an index block, and a log that is pending.
inline mkfs::Disk specimen() {
    mkfs::Disk disk = *mkfs::format(SMALL);
    Volume<mkfs::Disk> volume(disk, 60);
    REQUIRE(volume.mount().has_value());
    REQUIRE(volume.mkdir("/d").has_value());
    REQUIRE(volume.mkdir("/d/e").has_value());
    REQUIRE(volume.write("/a", 0, std::string(9000, 'a')).has_value());
    REQUIRE(volume.write("/d/b", 0, std::string(30 * fs::BLOCK_SIZE, 'b')).has_value());
    REQUIRE(volume.make("/c", {fs::FileType::device, 1, 0}).has_value());
    REQUIRE(volume.files.checkpoint().has_value());
    const std::uint64_t far = (fs::DIRECT + fs::PER_INDEX) * fs::BLOCK_SIZE;
    REQUIRE(volume.write("/d/e/f", far, "f").has_value());
    REQUIRE(volume.files.sync().has_value());
    return disk;
}
