// The checker: inodes and their blocks, then directories and their names, then the bitmap.
// SPDX-License-Identifier: MIT
#include "check.hpp"

#include "pending_log.hpp"
#include "services/fs/superblock.hpp"

#include <algorithm>
#include <set>

namespace mkfs {

namespace {

struct Inode {
    fs::InodeImage image{};
    fs::FileType type = fs::FileType::none;
    std::vector<std::uint32_t> blocks; // of its contents, holes as 0; as far as its size goes
    std::uint64_t names = 0;           // entries that name it
    std::uint32_t parent = 0;          // of a directory that is reached from the root
};

class Check {
public:
    explicit Check(const Disk& disk) : disk_(disk) {}

    Checked run() {
        Block superblock = disk_.block(0);
        const auto layout = fs::read_superblock(superblock.bytes);
        if (!layout || layout->total_blocks() > disk_.block_count()) {
            error("no superblock of a file system that fits the disk");
            return checked_;
        }
        layout_ = *layout;
        const auto pending = apply_pending_log(disk_, layout_);
        if (!pending) {
            error("the log has no whole header, or one that names impossible blocks");
            return checked_;
        }
        checked_.pending = *pending;
        owner_.resize(layout_.block_count);
        inodes_.resize(layout_.inode_count + 1U);
        for (std::uint32_t number = 0; number < inodes_.size(); ++number)
            inode(number);
        if (inodes_[fs::ROOT_INODE].type != fs::FileType::directory) {
            error("the root is no directory");
            return checked_;
        }
        inodes_[fs::ROOT_INODE].parent = fs::ROOT_INODE;
        found_.push_back(fs::ROOT_INODE);
        while (!found_.empty()) {
            const std::uint32_t next = found_.back();
            found_.pop_back();
            directory(next);
        }
        links();
        bitmap();
        return checked_;
    }

private:
    void error(const std::string& words) { checked_.errors.push_back(words); }
    void error(std::uint32_t inode, const std::string& words) {
        error("inode " + std::to_string(inode) + ": " + words);
    }

    void inode(std::uint32_t number) {
        Inode& inode = inodes_[number];
        const auto& table = disk_.block(layout_.inode_block(number)).bytes;
        inode.image = *load<fs::InodeImage>(table, fs::Layout::inode_offset(number));
        inode.type = fs::to_file_type(inode.image.type);
        if (inode.type == fs::FileType::none) {
            const Bytes bytes =
                Bytes(table).subspan(fs::Layout::inode_offset(number), sizeof(fs::InodeImage));
            if (std::ranges::any_of(bytes, [](std::byte byte) { return byte != std::byte{0}; }))
                error(number, "free, but not zero");
            return;
        }
        if (number < fs::ROOT_INODE)
            error(number, "in use");
        checked_.directories += inode.type == fs::FileType::directory ? 1 : 0;
        checked_.files += inode.type == fs::FileType::directory ? 0 : 1;
        if (inode.image.size > fs::FILE_BYTES_LIMIT)
            return error(number, "its size is impossible");
        if (inode.type == fs::FileType::device && inode.image.size != 0)
            error(number, "a device with a size");
        if (inode.type != fs::FileType::device &&
            (inode.image.major != 0 || inode.image.minor != 0))
            error(number, "device numbers on what is no device");
        blocks(number);
        if (inode.image.size % fs::BLOCK_SIZE != 0 && inode.blocks.back() != 0)
            tail(number);
    }

    // What stands behind the end of the file in its last block.
    void tail(std::uint32_t number) {
        const Inode& inode = inodes_[number];
        const Bytes last = disk_.block(inode.blocks.back()).bytes;
        const Bytes tail = last.subspan(inode.image.size % fs::BLOCK_SIZE);
        if (std::ranges::any_of(tail, [](std::byte byte) { return byte != std::byte{0}; }))
            error(number, "its last block is not zero behind the end");
    }

    void blocks(std::uint32_t number) {
        const auto& addresses = inodes_[number].image.addresses;
        for (std::uint64_t i = 0; i < fs::DIRECT; ++i)
            tree(number, addresses[i], 0, i);
        tree(number, addresses[fs::INDIRECT_SLOT], 1, fs::DIRECT);
        tree(number, addresses[fs::DOUBLE_SLOT], 2, fs::DIRECT + fs::PER_INDEX);
        inodes_[number].blocks.resize(fs::blocks_to_hold(inodes_[number].image.size));
    }

    // BLOCK and what hangs on it; the first of it is block INDEX of the file.
    void tree(std::uint32_t number, std::uint32_t block, unsigned depth, std::uint64_t index) {
        if (block == 0 || !claim(number, block))
            return;
        std::vector<std::uint32_t>& blocks = inodes_[number].blocks;
        if (depth == 0) {
            if (index >= fs::blocks_to_hold(inodes_[number].image.size))
                error(number, "has block " + std::to_string(block) + " behind its end");
            if (blocks.size() <= index)
                blocks.resize(index + 1);
            blocks[index] = block;
            return;
        }
        const std::uint64_t below = depth == 1 ? 1 : fs::PER_INDEX;
        for (std::uint64_t i = 0; i < fs::PER_INDEX; ++i)
            tree(number, *load<std::uint32_t>(disk_.block(block).bytes, 4 * i), depth - 1,
                 index + i * below);
    }

    bool claim(std::uint32_t number, std::uint32_t block) {
        if (!layout_.is_data(block)) {
            error(number, "has block " + std::to_string(block) + ", which is no data block");
            return false;
        }
        if (owner_[block] != 0) {
            error(number, "has block " + std::to_string(block) + ", which inode " +
                              std::to_string(owner_[block]) + " has too");
            return false;
        }
        owner_[block] = number;
        ++checked_.used_blocks;
        return true;
    }

    // Names below the directory NUMBER, whose parent is known.
    void directory(std::uint32_t number) {
        const std::uint64_t size = inodes_[number].image.size;
        if (size % sizeof(fs::DirectoryEntry) != 0)
            return error(number, "its size is not that of whole entries");
        std::set<std::string> names;
        for (std::uint64_t at = 0; at < size; at += sizeof(fs::DirectoryEntry)) {
            const std::uint32_t block = inodes_[number].blocks[at / fs::BLOCK_SIZE];
            if (block == 0)
                return error(number, "a directory with a hole");
            const auto entry =
                *load<fs::DirectoryEntry>(disk_.block(block).bytes, at % fs::BLOCK_SIZE);
            if (entry.inode != 0)
                name(number, entry, names);
        }
        if (!names.contains(".") || !names.contains(".."))
            error(number, "a directory without . or ..");
    }

    void name(std::uint32_t number, const fs::DirectoryEntry& entry, std::set<std::string>& names) {
        if (entry.length == 0 || entry.length > fs::NAME_BYTES)
            return error(number, "an entry with a name of impossible length");
        const std::string name(entry.name.data(), entry.length);
        if (name.find('/') != name.npos || name.find('\0') != name.npos)
            error(number, "an entry with a slash or zero in its name");
        if (!names.insert(name).second)
            error(number, "the name " + name + " twice");
        if (entry.inode > layout_.inode_count || inodes_[entry.inode].type == fs::FileType::none)
            return error(number, "the name " + name + " of no inode");
        Inode& named = inodes_[entry.inode];
        ++named.names;
        if (name == "." || name == "..") {
            const std::uint32_t expected = name == "." ? number : inodes_[number].parent;
            if (entry.inode != expected)
                error(number, name + " names inode " + std::to_string(entry.inode));
        } else if (named.type == fs::FileType::directory) {
            if (named.parent != 0)
                return error(entry.inode, "a directory with two names");
            named.parent = number;
            found_.push_back(entry.inode);
        }
    }

    void links() {
        for (std::uint32_t number = fs::ROOT_INODE; number < inodes_.size(); ++number) {
            const Inode& inode = inodes_[number];
            if (inode.type == fs::FileType::none)
                continue;
            if (inode.image.links != inode.names)
                error(number, "counts " + std::to_string(inode.image.links) + " links, has " +
                                  std::to_string(inode.names));
            checked_.orphans += inode.names == 0 ? 1 : 0;
        }
    }

    void bitmap() {
        const std::uint64_t bits = layout_.bitmap_blocks() * fs::BLOCK_SIZE * 8;
        for (std::uint64_t block = 0; block < bits; ++block) {
            const auto& bytes =
                disk_.block(layout_.bitmap_first + block / (fs::BLOCK_SIZE * 8)).bytes;
            const bool marked =
                (bytes[block / 8 % fs::BLOCK_SIZE] >> (block % 8) & std::byte{1}) != std::byte{0};
            const bool data = block >= layout_.data_first && block < layout_.block_count;
            const bool used = !data || owner_[block] != 0;
            if (marked != used)
                error("block " + std::to_string(block) +
                      (used ? " is in use and marked free" : " is free and marked in use"));
        }
    }

    Disk disk_; // a copy, with the log's blocks at their homes
    fs::Layout layout_;
    std::vector<std::uint32_t> owner_; // of each block: an inode, 0 none
    std::vector<Inode> inodes_;
    std::vector<std::uint32_t> found_; // directories that are still to be read
    Checked checked_;
};

} // namespace

Checked check(const Disk& disk) { return Check(disk).run(); }

} // namespace mkfs
