// The files in an image, by path: put in, listed, taken out.
// SPDX-License-Identifier: MIT
//
// The kernel's own file system, mounted on a disk in memory. Calls fail with a Failure that names
// the path.
#pragma once

#include "disk.hpp"
#include "services/fs/file_system.hpp"

#include <set>
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

    std::string contents(const std::string& path);
    // A line for each name, by path: "type inode links size path".
    std::string list();

    // Everything is in its place, and the log forgotten: the image depends on its files only.
    void finish();

private:
    void make_parents(const std::string& path);
    void make(const std::string& path, fs::Kind kind);
    std::vector<std::string> names(fs::InodeRef directory);
    void list_below(const std::string& path, std::set<std::uint32_t>& seen, std::string& lines);

    Disk& disk_;
    std::vector<Block> buffers_;
    std::vector<fs::BufferRecord> records_;
    std::vector<fs::InodeRecord> inodes_;
    fs::FileSystem<Disk> files_;
    fs::InodeRef root_;
};

} // namespace mkfs
