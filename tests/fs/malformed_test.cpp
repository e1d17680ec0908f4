// Damaged disks: refused, or wrong in places, but never out of bounds, endless, or a panic.
// SPDX-License-Identifier: MIT
#include "check.hpp"
#include "failure.hpp"
#include "services/fs/superblock.hpp"
#include "tree.hpp"
#include "volume.hpp"

#include "../unity/sample.hpp"

#include <cstdlib>
#include <cstring>
#include <random>
#include <sstream>

// Of the sanitizers' allocator interface, whose header not every compiler brings.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*taken)(const volatile void*,
                                                                       std::size_t),
                                                         void (*given_back)(const volatile void*));
extern "C" std::size_t __sanitizer_get_allocated_size(const volatile void* at);

namespace {

// Files, directories, an index block, and a log that is pending.
mkfs::Disk sample() {
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

template <class D>
void use(Volume<D>& volume) {
    const std::string text(5 * fs::BLOCK_SIZE, 'z');
    for (const char* path : {"/a", "/d/b", "/d/e/f", "/c", "/d", "/d/e", "/g"}) {
        const auto stat = volume.stat(path);
        // A hole of 4 GiB is read, too, but not here.
        if (stat && stat->size < (1U << 23))
            (void)volume.read(path);
        (void)volume.write(path, 3000, text);
        (void)volume.link(path, "/l");
        (void)volume.make(std::string(path) + "/new", {});
        (void)volume.mkdir(std::string(path) + "/newd");
        (void)volume.truncate(path, 5 * fs::BLOCK_SIZE);
        (void)volume.truncate(path, 100);
    }
    for (const char* path : {"/a", "/d/b", "/d/e/f", "/d/e/new", "/d/e", "/d", "/c", "/l", "/g"})
        (void)volume.unlink(path);
    (void)volume.files.checkpoint();
}

void survive(mkfs::Disk disk) {
    (void)mkfs::check(disk);
    {
        mkfs::Disk copy = disk;
        try {
            mkfs::Tree tree(copy, "disk");
            std::ostringstream lines;
            tree.list(lines);
        } catch (const mkfs::Failure&) {
        }
    }
    Volume<mkfs::Disk> volume(disk);
    if (volume.mount()) {
        use(volume);
        (void)volume.mount();
    }
}

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

} // namespace

TEST_CASE("fs: what is no file system is not mounted") {
    mkfs::Disk disk(200);
    Volume<mkfs::Disk> empty(disk);
    CHECK(empty.mount().error() == Error::malformed);
    const mkfs::Disk good = sample();
    for (std::size_t offset = 0; offset < sizeof(fs::SuperblockImage); ++offset) {
        mkfs::Disk bad = good;
        bad.edit(0).bytes[offset] ^= std::byte{1};
        Volume<mkfs::Disk> volume(bad);
        CHECK(volume.mount().error() == Error::malformed);
    }
}

TEST_CASE("fs: a superblock that lies under a right checksum is not mounted") {
    const mkfs::Disk good = sample();
    // All but inode_count, whose blocks hold one more or less, and swap, which is nobody's concern.
    for (std::size_t field = 0; field < sizeof(fs::SuperblockImage) / 4; ++field)
        for (const std::uint32_t change : {1U, 64U, 0x80000000U}) {
            mkfs::Disk bad = good;
            auto& bytes = bad.edit(0).bytes;
            (void)store(bytes, field * 4, *load<std::uint32_t>(bytes, field * 4) ^ change);
            fs::seal(bytes, 0);
            Volume<mkfs::Disk> volume(bad);
            const bool same = volume.mount().has_value();
            const bool harmless = field == 5 || field == 12 || field == 13;
            CHECK_MESSAGE((!same || harmless), "field ", field);
            survive(bad);
        }
}

TEST_CASE("fs: a disk that is shorter than its file system is not mounted") {
    mkfs::Disk disk = sample();
    disk.resize(disk.block_count() - 1);
    Volume<mkfs::Disk> volume(disk);
    CHECK(volume.mount().error() == Error::malformed);
}

TEST_CASE("fs: a log that names blocks which are no homes is not replayed") {
    const mkfs::Disk good = sample();
    for (const std::uint32_t home : {0U, 1U, 3U, 128U, 0xffffffffU}) {
        mkfs::Disk bad = good;
        for (std::uint32_t which = 1; which <= 2; ++which) {
            auto& header = bad.edit(which).bytes;
            const auto count = load<fs::LogHeaderImage>(header, 0)->count;
            if (count == 0)
                continue;
            (void)store(header, sizeof(fs::LogHeaderImage), home);
            std::uint64_t sum = 0;
            for (std::uint32_t i = 0; i < count; ++i)
                sum = checksum_page(sum, bad.block(3 + i).bytes);
            fs::seal(header, sum);
        }
        const mkfs::Disk before = bad;
        Volume<mkfs::Disk> volume(bad);
        CHECK(volume.mount().error() == Error::malformed);
        CHECK((bad.written() == before.written()));
        CHECK(!mkfs::check(bad).errors.empty());
    }
}

TEST_CASE("fs: no damage leads out of bounds") {
    const mkfs::Disk good = sample();
    std::vector<std::uint64_t> blocks;
    for (const auto& [number, block] : good.written())
        blocks.push_back(number);
    const fs::Layout layout = *fs::plan(SMALL);
    for (const unsigned round : sample::of(0, 2999, 300)) {
        CAPTURE(round);
        std::mt19937 random(20261121 + round); // so that no round depends on those before it
        mkfs::Disk bad = good;
        for (unsigned change = random() % 12 + 1; change != 0; --change) {
            // Every other one in an inode, where the numbers are.
            if (random() % 2 == 0) {
                auto& table = bad.edit(layout.inode_first).bytes;
                const std::size_t at = (random() % 8 * 128 + random() % 32 * 4);
                (void)store(table, at, static_cast<std::uint32_t>(random() % 140));
            } else {
                auto& bytes = bad.edit(blocks[random() % blocks.size()]).bytes;
                bytes[random() % (random() % 2 == 0 ? 512 : 4096)] =
                    static_cast<std::byte>(random());
            }
        }
        survive(bad);
    }
}

TEST_CASE("fs: the checker answers odd values of every field") {
    const mkfs::Disk good = sample();
    is_answered(good);
    const fs::Layout layout = *fs::plan(SMALL);
    enum class Seal { no, yes };
    const auto change = [&](std::uint64_t block, std::size_t offset, std::size_t size, Seal seal) {
        for (const std::uint64_t value : {0ULL, 1ULL, 63ULL, 0x7fffffffULL, 1ULL << 40, ~0ULL}) {
            CAPTURE(block);
            CAPTURE(offset);
            CAPTURE(value);
            mkfs::Disk bad = good;
            std::memcpy(bad.edit(block).bytes.data() + offset, &value, size);
            if (seal == Seal::yes)
                fs::seal(bad.edit(block).bytes, 0);
            is_answered(bad);
        }
    };
    for (std::size_t at = 0; at < sizeof(fs::SuperblockImage); at += 4)
        change(0, at, 4, Seal::yes);
    for (std::uint32_t header = 0; header < fs::LOG_HEADERS; ++header)
        for (std::size_t at = 0; at < sizeof(fs::LogHeaderImage) + 8; at += 4)
            change(layout.log_first + header, at, 4, Seal::yes);
    for (std::uint32_t inode = 0; inode < 8; ++inode) {
        const std::size_t start = fs::Layout::inode_offset(inode);
        for (const std::size_t at :
             {offsetof(fs::InodeImage, type), offsetof(fs::InodeImage, major)})
            change(layout.inode_first, start + at, 2, Seal::no);
        change(layout.inode_first, start + offsetof(fs::InodeImage, links), 4, Seal::no);
        change(layout.inode_first, start + offsetof(fs::InodeImage, size), 8, Seal::no);
        for (const std::uint64_t slot : {std::uint64_t{0}, std::uint64_t{1}, fs::DIRECT - 1,
                                         fs::INDIRECT_SLOT, fs::DOUBLE_SLOT})
            change(layout.inode_first, start + offsetof(fs::InodeImage, addresses) + 4 * slot, 4,
                   Seal::no);
    }
    for (std::size_t entry = 0; entry < 6; ++entry) {
        const std::size_t start = entry * sizeof(fs::DirectoryEntry);
        change(layout.data_first, start + offsetof(fs::DirectoryEntry, inode), 4, Seal::no);
        for (const std::size_t at : {offsetof(fs::DirectoryEntry, length),
                                     offsetof(fs::DirectoryEntry, name), std::size_t{6}})
            change(layout.data_first, start + at, 1, Seal::no);
    }
    for (std::size_t at = 0; at < 20; at += 4)
        change(layout.bitmap_first, at, 4, Seal::no);
}

// A sample of all damage there could be; another one each time.
TEST_CASE("fs: the checker answers whatever stands on a disk") {
    const char* wanted = std::getenv("FAULTLINE_SEED");
    const unsigned seed =
        wanted != nullptr ? static_cast<unsigned>(std::stoul(wanted)) : std::random_device()();
    MESSAGE("FAULTLINE_SEED=", seed);
    CAPTURE(seed);
    std::mt19937 random(seed);
    const mkfs::Disk good = sample();
    const fs::Layout layout = *fs::plan(SMALL);
    std::vector<std::uint64_t> blocks;
    for (const auto& [number, block] : good.written())
        blocks.push_back(number);
    for (int round = 0; round < 1000; ++round) {
        CAPTURE(round);
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
        is_answered(bad);
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
