// Directories: files whose contents are entries of name and inode number.
// SPDX-License-Identifier: MIT
//
// Searched from the start; a free entry is used again before the directory grows. "." and ".." are
// entries like any other, made with the directory (file_system.hpp) and never removed by name.
#pragma once

#include "services/fs/block_map.hpp"

namespace fs {

struct Found {
    std::uint32_t inode = 0;  // 0: the name is not there
    std::uint64_t offset = 0; // of its entry; else of the first free one, or the directory's end
};

// What may be made as a directory's entry. not_found: no name; name_too_long.
constexpr Result<void> check_name(std::string_view name) {
    if (name.empty())
        return std::unexpected(Error::not_found);
    if (name.size() > NAME_BYTES)
        return std::unexpected(Error::name_too_long);
    return {};
}

constexpr bool is_dot_name(std::string_view name) { return name == "." || name == ".."; }

template <block::Device D>
class Directories {
public:
    constexpr Directories(Cache<D>& cache, BlockMap<D>& map) : cache_(cache), map_(map) {}

    // NAME in DIRECTORY. malformed, input_output.
    Result<Found> find(const InodeRecord& directory, std::string_view name) {
        Found found{0, directory.size};
        for (std::uint64_t start = 0; start < directory.size; start += BLOCK_SIZE) {
            const Bytes bytes = TRY(entries(directory, start));
            for (std::uint64_t at = 0; at < bytes.size(); at += sizeof(DirectoryEntry)) {
                const auto number = TRY(load<std::uint32_t>(bytes, at));
                if (number == 0) {
                    found.offset = std::min(found.offset, start + at);
                    continue;
                }
                const std::size_t length = std::to_integer<std::size_t>(bytes[at + LENGTH_OFFSET]);
                if (length > NAME_BYTES)
                    return std::unexpected(Error::malformed);
                if (length == name.size() && is_name(bytes.subspan(at + NAME_OFFSET), name))
                    return Found{number, start + at};
            }
        }
        return found;
    }

    // Nothing but "." and "..".
    Result<bool> is_empty(const InodeRecord& directory) {
        for (std::uint64_t start = 0; start < directory.size; start += BLOCK_SIZE) {
            const Bytes bytes = TRY(entries(directory, start));
            for (std::uint64_t at = 0; at < bytes.size(); at += sizeof(DirectoryEntry)) {
                const auto entry = TRY(load<DirectoryEntry>(bytes, at));
                const bool dots =
                    (entry.length == 1 && entry.name[0] == '.') ||
                    (entry.length == 2 && entry.name[0] == '.' && entry.name[1] == '.');
                if (entry.inode != 0 && !dots)
                    return false;
            }
        }
        return true;
    }

    // The block for an entry at OFFSET, which `find` told, in the running operation.
    Result<Place> prepare(const InodeRecord& directory, std::uint64_t offset) {
        if (offset >= FILE_BYTES_LIMIT)
            return std::unexpected(Error::too_large);
        return map_.prepare(directory, offset / BLOCK_SIZE);
    }

    // ENTRY at OFFSET, in the block that `prepare` gave; the caller stores the inode.
    void put(InodeRecord& directory, const Place& place, std::uint64_t offset,
             const DirectoryEntry& entry) {
        map_.link(directory, place);
        directory.size = std::max(directory.size, offset + sizeof(DirectoryEntry));
        // In place: entries divide a block.
        MUST(store(cache_.bytes(place.data), offset % BLOCK_SIZE, entry));
    }

private:
    static constexpr std::uint64_t LENGTH_OFFSET = 4; // in a DirectoryEntry
    static constexpr std::uint64_t NAME_OFFSET = 5;

    // The entries of one block, from START. malformed: a hole.
    Result<Bytes> entries(const InodeRecord& directory, std::uint64_t start) {
        const std::uint32_t block = TRY(map_.find(directory, start / BLOCK_SIZE));
        if (block == 0)
            return std::unexpected(Error::malformed);
        const BlockBytes bytes = cache_.bytes(TRY(cache_.get(block)));
        return Bytes(bytes.first(std::min(BLOCK_SIZE, directory.size - start)));
    }

    static bool is_name(Bytes bytes, std::string_view name) {
        for (std::size_t i = 0; i < name.size(); ++i)
            if (std::to_integer<char>(bytes[i]) != name[i])
                return false;
        return true;
    }

    Cache<D>& cache_;
    BlockMap<D>& map_;
};

} // namespace fs
