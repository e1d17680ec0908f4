// Every disk gets an answer of the checker: in words, in bounded memory, and in the end.
// SPDX-License-Identifier: MIT
#include "check.hpp"
#include "failure.hpp"
#include "services/fs/superblock.hpp"
#include "specimen.hpp"
#include "tree.hpp"

#include "../unity/sample.hpp"

#include <algorithm>
#include <cstring>
#include <random>
#include <sstream>

// Of the sanitizers' allocator interface, whose header not every compiler brings.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*taken)(const volatile void*,
                                                                       std::size_t),
                                                         void (*given_back)(const volatile void*));
extern "C" std::size_t __sanitizer_get_allocated_size(const volatile void* at);

namespace {

// How much memory is in use, and was at most, since the last call of `begin`.
class Memory {
public:
    static void begin() {
        static const int installed = __sanitizer_install_malloc_and_free_hooks(taken, given_back);
        REQUIRE(installed != 0);
        now_ = most_ = 0;
    }
    static std::int64_t most() { return most_; }

private:
    static void taken(const volatile void*, std::size_t bytes) {
        now_ += static_cast<std::int64_t>(bytes);
        most_ = std::max(most_, now_);
    }
    static void given_back(const volatile void* at) {
        if (at != nullptr)
            now_ -= static_cast<std::int64_t>(__sanitizer_get_allocated_size(at));
    }
    static inline std::int64_t now_ = 0;
    static inline std::int64_t most_ = 0;
};

// The checker answers, with memory bounded by the disk; and what it finds no fault with can be
// listed and mounted.
void is_answered(const mkfs::Disk& disk) {
    Memory::begin();
    const mkfs::Checked checked = mkfs::check(disk);
    CHECK(Memory::most() < static_cast<std::int64_t>(8 * disk.block_count() * fs::BLOCK_SIZE));
    for (const std::string& error : checked.errors)
        CHECK(std::ranges::none_of(error, [](char byte) { return byte >= 0 && byte < ' '; }));
    mkfs::Disk copy = disk;
    std::ostringstream lines;
    std::string refused;
    try {
        mkfs::Tree(copy, "disk").list(lines);
    } catch (const mkfs::Failure& failure) {
        refused = failure.what();
    }
    CHECK_MESSAGE((refused.empty() || !checked.errors.empty()), refused);
}

// A number on the disk, and whether its block has a checksum over it.
struct Field {
    std::uint64_t block;
    std::size_t offset;
    std::size_t size;
    bool sealed = false;
};

void add(std::vector<Field>& fields, Field first, std::initializer_list<std::size_t> offsets) {
    for (const std::size_t offset : offsets)
        fields.push_back({first.block, first.offset + offset, first.size, first.sealed});
}

std::vector<Field> all_fields(const fs::Layout& layout) {
    std::vector<Field> fields;
    for (std::size_t at = 0; at < sizeof(fs::SuperblockImage); at += 4)
        fields.push_back({0, at, 4, true});
    for (std::uint32_t header = 0; header < fs::LOG_HEADERS; ++header)
        for (std::size_t at = 0; at < sizeof(fs::LogHeaderImage) + 8; at += 4)
            fields.push_back({layout.log_first + header, at, 4, true});
    for (std::uint32_t inode = 0; inode < 8; ++inode) {
        const std::size_t start = fs::Layout::inode_offset(inode);
        constexpr std::size_t ADDRESSES = offsetof(fs::InodeImage, addresses);
        add(fields, {layout.inode_first, start, 2},
            {offsetof(fs::InodeImage, type), offsetof(fs::InodeImage, major)});
        add(fields, {layout.inode_first, start, 8}, {offsetof(fs::InodeImage, size)});
        add(fields, {layout.inode_first, start, 4},
            {offsetof(fs::InodeImage, links), ADDRESSES, ADDRESSES + 4,
             ADDRESSES + 4 * fs::INDIRECT_SLOT, ADDRESSES + 4 * fs::DOUBLE_SLOT});
    }
    for (std::size_t entry = 0; entry < 6; ++entry) {
        const std::size_t start = entry * sizeof(fs::DirectoryEntry);
        constexpr std::size_t NAME = offsetof(fs::DirectoryEntry, name);
        add(fields, {layout.data_first, start, 4}, {offsetof(fs::DirectoryEntry, inode)});
        add(fields, {layout.data_first, start, 1},
            {offsetof(fs::DirectoryEntry, length), NAME, NAME + 1});
    }
    for (std::size_t at = 0; at < 20; at += 4)
        fields.push_back({layout.bitmap_first, at, 4});
    return fields;
}

// Up to eight changes, half of them to inodes, where the numbers are.
mkfs::Disk damaged(const mkfs::Disk& good, const fs::Layout& layout, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<std::uint64_t> blocks;
    for (const auto& [number, block] : good.written())
        blocks.push_back(number);
    mkfs::Disk bad = good;
    for (unsigned change = random() % 8 + 1; change != 0; --change) {
        const std::uint64_t block =
            random() % 2 == 0 ? layout.inode_first : blocks[random() % blocks.size()];
        auto& bytes = bad.edit(block).bytes;
        const std::size_t at = random() % (random() % 2 == 0 ? 1024 : 4088) / 4 * 4;
        if (random() % 8 == 0) // a block that holds what belongs into another one
            bytes = good.block(blocks[random() % blocks.size()]).bytes;
        else if (random() % 2 == 0)
            (void)store(bytes, at, static_cast<std::uint32_t>(random() % 140));
        else
            (void)store(bytes, at + random() % 8, static_cast<std::uint8_t>(random()));
        if (block == 0)
            fs::seal(bytes, 0);
    }
    return bad;
}

} // namespace

TEST_CASE("fs: the checker answers odd values of every field") {
    const mkfs::Disk good = specimen();
    is_answered(good);
    for (const Field& field : sample::of(all_fields(*fs::plan(SMALL)), 60))
        for (const std::uint64_t value : {0ULL, 1ULL, 63ULL, 0x7fffffffULL, 1ULL << 40, ~0ULL}) {
            CAPTURE(field.block);
            CAPTURE(field.offset);
            CAPTURE(value);
            mkfs::Disk bad = good;
            auto& bytes = bad.edit(field.block).bytes;
            std::memcpy(bytes.data() + field.offset, &value, field.size);
            if (field.sealed)
                fs::seal(bytes, 0);
            is_answered(bad);
        }
}

TEST_CASE("fs: the checker answers whatever stands on a disk") {
    const mkfs::Disk good = specimen();
    const fs::Layout layout = *fs::plan(SMALL);
    for (const unsigned seed : sample::of(1, 3000, 300)) {
        CAPTURE(seed);
        is_answered(damaged(good, layout, seed));
    }
}

TEST_CASE("fs: the checker and mkfs come to an end where directories hold each other") {
    mkfs::Disk disk = *mkfs::format(SMALL);
    {
        mkfs::Tree tree(disk, "disk");
        tree.add_directory("/d/e");
        tree.add_file("/d/e/f", "x");
        tree.finish();
    }
    const fs::Layout layout = *fs::plan(SMALL);
    is_answered(disk);
    REQUIRE(mkfs::check(disk).errors.empty());
    // inodes: 1 /, 2 /d, 3 /d/e, 4 the file; the third entry of each directory is the one below
    for (std::uint32_t holder = 1; holder <= 3; ++holder)
        for (const std::uint32_t held : {1U, 2U, 3U}) {
            if (held == holder + 1)
                continue;
            CAPTURE(holder);
            CAPTURE(held);
            mkfs::Disk bad = disk;
            const auto inode = *load<fs::InodeImage>(disk.block(layout.inode_first).bytes,
                                                     fs::Layout::inode_offset(holder));
            (void)store(bad.edit(inode.addresses[0]).bytes, 2 * sizeof(fs::DirectoryEntry), held);
            CHECK(!mkfs::check(bad).errors.empty());
            is_answered(bad);
        }
}
