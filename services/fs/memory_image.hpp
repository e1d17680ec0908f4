// Files of a file system that lies in memory as a whole, before there is any device.
// SPDX-License-Identifier: MIT
//
// While a machine boots, the kernels without a disk driver of their own find programs, servers and
// libraries here: the disk's image is their initial RAM disk. Nothing is copied or changed, so a
// pending log is not replayed (mkfs leaves none).
#pragma once

#include "services/fs/layout.hpp"

namespace fs {

class MemoryImage {
public:
    // malformed: IMAGE does not begin with a superblock, or its parts do not fit together.
    static Result<MemoryImage> open(Bytes image);

    // The directory at PATH, from the root on ("lib/exo"). not_found; not_directory; malformed: the
    // image is damaged.
    Result<InodeImage> directory(std::string_view path) const;
    // The contents of NAME in DIRECTORY, in place. not_found; is_directory; malformed: the image is
    // damaged, or the file's blocks do not follow one another (those of a file that was written at
    // one go to a disk with nothing deleted do).
    Result<Bytes> file(const InodeImage& directory, std::string_view name) const;

private:
    MemoryImage(Bytes image, const Layout& layout) : image_(image), layout_(layout) {}

    Result<InodeImage> inode(std::uint32_t number) const;
    // The inode number that NAME has in DIRECTORY.
    Result<std::uint32_t> find(const InodeImage& directory, std::string_view name) const;
    // Which block of the disk holds block INDEX of the file; never a hole.
    Result<std::uint32_t> block_of(const InodeImage& inode, std::uint64_t index) const;
    Result<Bytes> contents(const InodeImage& inode) const;

    Bytes image_;
    Layout layout_;
};

} // namespace fs
