// The checker: inodes and their blocks, then directories and their names, then the bitmap.
// SPDX-License-Identifier: MIT
#include "check.hpp"

#include "pending_log.hpp"
#include "services/fs/superblock.hpp"
#include "visible.hpp"

#include <algorithm>

namespace mkfs {

namespace {

// Block INDEX of a file's contents is block BLOCK of the disk.
struct Piece {
    std::uint64_t index;
    std::uint32_t block;
};

struct Inode {
    fs::InodeImage image{};
    fs::FileType type = fs::FileType::none;
    std::vector<Piece> pieces; // by index; holes are left out
    std::uint64_t names = 0;   // entries that name it
    std::uint32_t parent = 0;  // of a directory that is reached from the root

    bool has_possible_size() const { return image.size <= fs::FILE_BYTES_LIMIT; }
    // As far as its size goes.
    std::uint64_t block_count() const {
        return fs::blocks_to_hold(std::min(image.size, fs::FILE_BYTES_LIMIT));
    }
    // 0: a hole.
    std::uint32_t block_at(std::uint64_t index) const {
        const auto found = std::ranges::lower_bound(pieces, index, {}, &Piece::index);
        return found == pieces.end() || found->index != index ? 0 : found->block;
    }
};

class Check {
public:
    explicit Check(Disk disk) : disk_(std::move(disk)) {}

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
    void error(const std::string& words) {
        if (checked_.errors.size() < Checked::ERRORS_KEPT)
            checked_.errors.push_back(words);
        else
            ++checked_.more_errors;
    }
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
        if (!inode.has_possible_size())
            error(number, "its size is impossible");
        if (inode.type == fs::FileType::device && inode.image.size != 0)
            error(number, "a device with a size");
        if (inode.type != fs::FileType::device &&
            (inode.image.major != 0 || inode.image.minor != 0))
            error(number, "device numbers on what is no device");
        blocks(number);
        if (inode.has_possible_size())
            tail(number);
    }

    // What stands behind the end of the file in its last block.
    void tail(std::uint32_t number) {
        const Inode& inode = inodes_[number];
        const std::uint64_t used = inode.image.size % fs::BLOCK_SIZE;
        const std::uint32_t block =
            used == 0 ? 0 : inode.block_at(inode.image.size / fs::BLOCK_SIZE);
        if (block == 0)
            return;
        const Bytes tail = Bytes(disk_.block(block).bytes).subspan(used);
        if (std::ranges::any_of(tail, [](std::byte byte) { return byte != std::byte{0}; }))
            error(number, "its last block is not zero behind the end");
    }

    void blocks(std::uint32_t number) {
        const auto& addresses = inodes_[number].image.addresses;
        for (std::uint64_t i = 0; i < fs::DIRECT; ++i)
            tree(number, addresses[i], 0, i);
        tree(number, addresses[fs::INDIRECT_SLOT], 1, fs::DIRECT);
        tree(number, addresses[fs::DOUBLE_SLOT], 2, fs::DIRECT + fs::PER_INDEX);
    }

    // BLOCK and what hangs on it; the first of it is block INDEX of the file.
    void tree(std::uint32_t number, std::uint32_t block, unsigned depth, std::uint64_t index) {
        if (block == 0 || !claim(number, block))
            return;
        if (depth == 0) {
            Inode& inode = inodes_[number];
            if (index >= inode.block_count())
                error(number, "has block " + std::to_string(block) + " behind its end");
            inode.pieces.push_back({index, block});
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
        const Inode& inode = inodes_[number];
        if (inode.image.size % sizeof(fs::DirectoryEntry) != 0)
            error(number, "its size is not that of whole entries");
        std::vector<std::string_view> names;
        std::uint64_t next = 0;
        for (const Piece& piece : inode.pieces) {
            if (piece.index != next || next == inode.block_count())
                break;
            entries(number, piece, names);
            ++next;
        }
        // Of an impossible size only what is there was expected.
        if (next != inode.block_count() && inode.has_possible_size())
            return error(number, "a directory with a hole");
        std::ranges::sort(names);
        for (auto twice = std::ranges::adjacent_find(names); twice != names.end();
             twice = std::ranges::adjacent_find(twice + 1, names.end()))
            error(number, "the name " + visible(*twice) + " twice");
        for (const std::string_view needed : {".", ".."})
            if (!std::ranges::binary_search(names, needed))
                return error(number, "a directory without . or ..");
    }

    void entries(std::uint32_t number, const Piece& piece, std::vector<std::string_view>& names) {
        const std::uint64_t before = piece.index * fs::BLOCK_SIZE;
        const std::uint64_t whole =
            inodes_[number].image.size / sizeof(fs::DirectoryEntry) * sizeof(fs::DirectoryEntry);
        const std::uint64_t end = std::min(whole - std::min(whole, before), fs::BLOCK_SIZE);
        const Bytes bytes = disk_.block(piece.block).bytes;
        for (std::uint64_t at = 0; at < end; at += sizeof(fs::DirectoryEntry)) {
            const auto entry = *load<fs::DirectoryEntry>(bytes, at);
            if (entry.inode == 0)
                continue;
            if (entry.length == 0 || entry.length > fs::NAME_BYTES) {
                error(number, "an entry with a name of impossible length");
                continue;
            }
            // Of the disk's bytes, which stay where they are.
            const Bytes name = bytes.subspan(at + offsetof(fs::DirectoryEntry, name), entry.length);
            names.emplace_back(reinterpret_cast<const char*>(name.data()), name.size());
            this->name(number, entry.inode, names.back());
        }
    }

    void name(std::uint32_t number, std::uint32_t of, std::string_view name) {
        if (name.find('/') != name.npos || name.find('\0') != name.npos)
            error(number, "an entry with a slash or zero in its name");
        if (of > layout_.inode_count || inodes_[of].type == fs::FileType::none)
            return error(number, "the name " + visible(name) + " of no inode");
        Inode& named = inodes_[of];
        ++named.names;
        if (name == "." || name == "..") {
            const std::uint32_t expected = name == "." ? number : inodes_[number].parent;
            if (of != expected)
                error(number, std::string(name) + " names inode " + std::to_string(of));
        } else if (named.type == fs::FileType::directory) {
            if (named.parent != 0)
                return error(of, "a directory with two names");
            named.parent = number;
            found_.push_back(of);
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
        constexpr std::uint64_t BITS = fs::BLOCK_SIZE * 8;
        for (std::uint64_t part = 0; part < layout_.bitmap_blocks(); ++part) {
            const auto& bytes = disk_.block(layout_.bitmap_first + part).bytes;
            for (std::uint64_t bit = 0; bit < BITS; ++bit)
                marked(part * BITS + bit,
                       (bytes[bit / 8] >> (bit % 8) & std::byte{1}) != std::byte{0});
        }
    }

    // BLOCK, which the bitmap says is in use, or not.
    void marked(std::uint64_t block, bool marked) {
        const bool data = block >= layout_.data_first && block < layout_.block_count;
        const bool used = !data || owner_[block] != 0;
        if (marked != used)
            error("block " + std::to_string(block) +
                  (used ? " is in use and marked free" : " is free and marked in use"));
    }

    Disk disk_; // with the log's blocks at their homes
    fs::Layout layout_;
    std::vector<std::uint32_t> owner_; // of each block: an inode, 0 none
    std::vector<Inode> inodes_;
    std::vector<std::uint32_t> found_; // directories that are still to be read
    Checked checked_;
};

} // namespace

Checked check(Disk disk) { return Check(std::move(disk)).run(); }

} // namespace mkfs
