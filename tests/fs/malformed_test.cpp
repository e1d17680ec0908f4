// Damaged disks: refused, or wrong in places, but never out of bounds, endless, or a panic.
// SPDX-License-Identifier: MIT
#include "check.hpp"
#include "failure.hpp"
#include "services/fs/superblock.hpp"
#include "specimen.hpp"
#include "tree.hpp"

#include "../unity/sample.hpp"

#include <random>
#include <sstream>

namespace {

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

} // namespace

TEST_CASE("fs: what is no file system is not mounted") {
    mkfs::Disk disk(200);
    Volume<mkfs::Disk> empty(disk);
    CHECK(empty.mount().error() == Error::malformed);
    const mkfs::Disk good = specimen();
    for (std::size_t offset = 0; offset < sizeof(fs::SuperblockImage); ++offset) {
        mkfs::Disk bad = good;
        bad.edit(0).bytes[offset] ^= std::byte{1};
        Volume<mkfs::Disk> volume(bad);
        CHECK(volume.mount().error() == Error::malformed);
    }
}

TEST_CASE("fs: a superblock that lies under a right checksum is not mounted") {
    const mkfs::Disk good = specimen();
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
    mkfs::Disk disk = specimen();
    disk.resize(disk.block_count() - 1);
    Volume<mkfs::Disk> volume(disk);
    CHECK(volume.mount().error() == Error::malformed);
}

TEST_CASE("fs: a log that names blocks which are no homes is not replayed") {
    const mkfs::Disk good = specimen();
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
    const mkfs::Disk good = specimen();
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
