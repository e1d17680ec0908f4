// The files in an image, by path: put in, listed, taken out.
// SPDX-License-Identifier: MIT
//
// The kernel's own file system, mounted on a disk in memory. Calls fail with a Failure that names
// the path. Paths are walked name by name, so they may be longer than a program's (fs::PATH_BYTES),
// and what a call needs of memory is bounded by the image, not by what its inodes claim.
#pragma once

#include "disk.hpp"
#include "services/fs/file_system.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace mkfs {

class Tree {
public:
    // WHAT names the disk in errors.
    Tree(Disk& disk, const std::string& what);

    // Directories on the way are made. What stands there is replaced.
    void add_file(const std::string& path, const std::string& contents);
    void add_directory(const std::string& path);
    // Another name, PATH, for the file at EXISTING.
    void add_link(const std::string& path, const std::string& existing);
    void add_device(const std::string& path, std::uint16_t major, std::uint16_t minor);

    // The size in bytes of the file at PATH; its bytes from OFFSET on, at most COUNT.
    std::uint64_t file_size(const std::string& path);
    std::string read(const std::string& path, std::uint64_t offset, std::uint64_t count);
    // A line for each name, by path: "type inode links size path", to OUT.
    void list(std::ostream& out);

    // Everything is in its place, and the log forgotten: the image depends on its files only. How
    // many blocks it needs, swap not counted.
    std::uint32_t finish();

private:
    // A directory, held, and a name in it that may not be there yet.
    struct Place {
        fs::InodeRef directory;
        std::string name; // slashes behind it stay
    };
    // A directory whose names are being listed; here_ is the last one.
    struct Level {
        std::uint32_t inode;
        std::size_t path_bytes;
        std::vector<std::string> names; // still to come, the next one last
    };

    Result<fs::InodeRef> find(std::string_view path);
    fs::InodeRef find_file(const std::string& path);
    // Directories on the way to PATH are made.
    Place make_place(const std::string& path);
    void make(const std::string& path, fs::Kind kind);
    std::vector<std::string> names(fs::InodeRef directory, const std::string& path);
    std::string line_of(const fs::Stat& stat, const std::string& path);
    fs::InodeRef back_to(const Level& above, fs::InodeRef below, const std::string& path);

    Disk& disk_;
    std::vector<PageBlock> buffers_;
    std::vector<fs::BufferRecord> records_;
    std::vector<fs::InodeRecord> inodes_;
    fs::FileSystem<Disk> files_;
    fs::InodeRef root_;
};

} // namespace mkfs
