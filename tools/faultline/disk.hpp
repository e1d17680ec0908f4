// The disk that a machine is given: the build's own image, or a copy that keeps what is written.
// SPDX-License-Identifier: MIT
//
// compare, bench and debug drop all writes, so that every run begins with the same disk; run keeps
// them, so that a person finds again what he wrote. Next: machine.cpp puts it on QEMU's line.
#pragma once

#include <filesystem>
#include <string>

namespace faultline {

struct Disk {
    enum class Writes { are_kept, are_dropped };

    std::filesystem::path file;
    Writes writes = Writes::are_dropped;
};

// A copy of a file with holes where the original has them. It appears whole, or not at all.
void copy_sparsely(const std::filesystem::path& from, const std::filesystem::path& to);

// Does a running QEMU hold it?
bool disk_in_use(const std::filesystem::path& file);

struct KeptDisk {
    enum class Renewal { when_the_build_is_newer, never, now };

    std::filesystem::path built; // the image of the build
    std::filesystem::path file;
    Renewal renewal = Renewal::when_the_build_is_newer;
};

// Makes `file` from the build's image where that is due, and keeps the old one beside it. Returns
// what was done, in words for the user; empty: nothing was due.
std::string prepare_disk(const KeptDisk& disk);

} // namespace faultline
