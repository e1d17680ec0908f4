// Walking inodes and directories of an image in memory.
// SPDX-License-Identifier: MIT
#include "services/fs/memory_image.hpp"

#include "services/fs/block_map.hpp"
#include "services/fs/superblock.hpp"

namespace fs {

Result<MemoryImage> MemoryImage::open(Bytes image) {
    const auto superblock = TRY(load<SuperblockImage>(image, 0));
    return MemoryImage(image, TRY(layout_of(superblock)));
}

Result<InodeImage> MemoryImage::inode(std::uint32_t number) const {
    if (number < ROOT_INODE || number > layout_.inode_count)
        return std::unexpected(Error::malformed);
    const std::uint64_t block = layout_.inode_block(number);
    return load<InodeImage>(image_, block * BLOCK_SIZE + Layout::inode_offset(number));
}

Result<std::uint32_t> MemoryImage::block_of(const InodeImage& inode, std::uint64_t index) const {
    if (index >= FILE_BLOCKS_LIMIT)
        return std::unexpected(Error::malformed);
    const Way way = way_to(index);
    std::uint32_t block = inode.addresses[way.slot];
    for (std::uint64_t level = 0; level < way.depth && layout_.is_data(block); ++level)
        block =
            TRY(load<std::uint32_t>(image_, block * BLOCK_SIZE + entry_offset(way.entry[level])));
    if (!layout_.is_data(block))
        return std::unexpected(Error::malformed);
    return block;
}

Result<std::uint32_t> MemoryImage::find(const InodeImage& directory, std::string_view name) const {
    for (std::uint64_t at = 0; at < directory.size; at += sizeof(DirectoryEntry)) {
        const std::uint64_t block = TRY(block_of(directory, at / BLOCK_SIZE));
        const auto entry = TRY(load<DirectoryEntry>(image_, block * BLOCK_SIZE + at % BLOCK_SIZE));
        if (entry.length > NAME_BYTES)
            return std::unexpected(Error::malformed);
        if (entry.inode != 0 && std::string_view(entry.name).substr(0, entry.length) == name)
            return entry.inode;
    }
    return std::unexpected(Error::not_found);
}

Result<Bytes> MemoryImage::contents(const InodeImage& inode) const {
    if (inode.size == 0)
        return Bytes();
    const std::uint64_t first = TRY(block_of(inode, 0));
    for (std::uint64_t i = 1; i < blocks_to_hold(inode.size); ++i)
        if (TRY(block_of(inode, i)) != first + i)
            return std::unexpected(Error::malformed);
    return slice(image_, first * BLOCK_SIZE, inode.size);
}

Result<InodeImage> MemoryImage::directory(std::string_view path) const {
    InodeImage found = TRY(inode(ROOT_INODE));
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        found = TRY(inode(TRY(find(found, path.substr(0, end)))));
        if (to_file_type(found.type) != FileType::directory)
            return std::unexpected(Error::not_directory);
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return found;
}

Result<Bytes> MemoryImage::file(const InodeImage& directory, std::string_view name) const {
    const InodeImage found = TRY(inode(TRY(find(directory, name))));
    if (to_file_type(found.type) != FileType::file)
        return std::unexpected(Error::is_directory);
    return contents(found);
}

} // namespace fs
