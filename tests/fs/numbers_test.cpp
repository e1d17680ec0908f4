// Inodes by number: for whoever outlives a restart of the file system.
// SPDX-License-Identifier: MIT
#include "fresh.hpp"
#include "recording.hpp"

namespace {

// The number of PATH's inode, which nobody holds afterwards.
template <class D>
std::uint32_t number_of(Volume<D>& volume, const std::string& path) {
    const fs::InodeRef file = *volume.files.lookup(path, volume.root());
    const std::uint32_t number = *volume.files.number(file);
    volume.files.release(file);
    return number;
}

} // namespace

TEST_CASE("fs: an inode is held by its number, again after a mount") {
    Fresh fresh;
    REQUIRE(fresh.volume.write("/a", 0, "hello").has_value());
    REQUIRE(fresh.volume.make("/d", DIRECTORY).has_value());
    const std::uint32_t a = number_of(fresh.volume, "/a");
    const std::uint32_t d = number_of(fresh.volume, "/d");
    CHECK(a != d);
    CHECK(*fresh.volume.files.number(fresh.volume.root()) == fs::ROOT_INODE);

    const std::uint64_t before = fresh.volume.files.counts().inodes_in_use;
    const fs::InodeRef file = *fresh.volume.files.lookup("/a", fresh.volume.root());
    CHECK(fresh.volume.files.hold_number(a) == file); // once more
    fresh.volume.files.release(file);
    CHECK(fresh.volume.files.stat(file)->inode == a);
    fresh.volume.files.release(file);
    CHECK(fresh.volume.files.counts().inodes_in_use == before);
    CHECK(fresh.volume.files.number(file).error() == Error::invalid);
    CHECK(fresh.volume.files.number(fs::InodeRef()).error() == Error::invalid);

    REQUIRE(fresh.volume.files.checkpoint().has_value());
    Volume<mkfs::Disk> again(fresh.disk);
    REQUIRE(again.mount().has_value());
    const fs::InodeRef same = *again.files.hold_number(a);
    CHECK(again.files.stat(same)->type == fs::FileType::file);
    CHECK(*again.files.number(same) == a);
    CHECK(same == *again.files.lookup("/a", again.root()));
    CHECK(again.files.stat(*again.files.hold_number(d))->type == fs::FileType::directory);
}

TEST_CASE("fs: numbers that no inode has") {
    Fresh fresh;
    auto& files = fresh.volume.files;
    const std::uint32_t last = files.layout().inode_count;
    for (const std::uint32_t number : {0U, last + 1, 1U << 31, ~0U})
        CHECK(files.hold_number(number).error() == Error::invalid);
    CHECK(files.hold_number(last).error() == Error::not_found);
    REQUIRE(fresh.volume.write("/a", 0, "x").has_value());
    const std::uint32_t a = number_of(fresh.volume, "/a");
    REQUIRE(fresh.volume.unlink("/a").has_value());
    CHECK(files.hold_number(a).error() == Error::not_found);
    REQUIRE(fresh.volume.write("/b", 0, "y").has_value());
    CHECK(number_of(fresh.volume, "/b") == a); // a number is a place, not a file
}

TEST_CASE("fs: an unlinked file is held by its number while it is held, and not after a restart") {
    Fresh fresh;
    auto& files = fresh.volume.files;
    REQUIRE(fresh.volume.write("/a", 0, "hello").has_value());
    const fs::InodeRef file = *files.lookup("/a", fresh.volume.root());
    const std::uint32_t a = *files.number(file);
    REQUIRE(fresh.volume.unlink("/a").has_value());
    CHECK(files.hold_number(a) == file);
    files.release(file);
    REQUIRE(files.sync().has_value());

    // The file system falls without a word to those who hold it; its successor frees the orphan.
    {
        mkfs::Disk copy = fresh.disk;
        Volume<mkfs::Disk> again(copy);
        REQUIRE(again.mount().has_value());
        CHECK(again.files.hold_number(a).error() == Error::not_found);
        REQUIRE(again.write("/b", 0, "another").has_value());
        CHECK(number_of(again, "/b") == a); // so hold what was held before anything is made
    }
    CHECK(files.stat(file)->size == 5);
    files.release(file);
    CHECK(files.hold_number(a).error() == Error::not_found);
}

// What is in inode NUMBER, which may be none, when DISK is mounted anew.
std::string found_by(const mkfs::Disk& disk, std::uint32_t number) {
    mkfs::Disk copy = disk;
    Volume<mkfs::Disk> again(copy);
    REQUIRE(again.mount().has_value());
    const Result<fs::InodeRef> held = again.files.hold_number(number);
    if (!held)
        return std::string(to_words(held.error()));
    StringDestination destination;
    REQUIRE(again.files.read(*held, 0, 100, destination).has_value());
    return destination.text;
}

TEST_CASE("fs: a number that a sync followed is that file's, or nobody's, wherever power is cut") {
    const mkfs::Disk formatted = *mkfs::format(SMALL);
    Recording recording(formatted);
    Volume<Recording> volume(recording);
    REQUIRE(volume.mount().has_value());
    // Some that had the places before, and others that could get them.
    for (const std::string path : {"/x", "/y", "/z"})
        REQUIRE(volume.write(path, 0, "earlier").has_value());
    REQUIRE(volume.unlink("/y").has_value());
    REQUIRE(volume.files.sync().has_value());
    REQUIRE(volume.unlink("/x").has_value());
    REQUIRE(volume.write("/a", 0, "mine").has_value());
    const fs::InodeRef held = *volume.files.lookup("/a", volume.root());
    const std::uint32_t number = *volume.files.number(held);
    REQUIRE(volume.files.sync().has_value());
    const std::size_t told = recording.events.size();
    // It is held to the end, whatever becomes of its name.
    for (int round = 0; round < 3; ++round) {
        REQUIRE(volume.write("/b", 0, "another").has_value());
        REQUIRE(volume.files.sync().has_value());
        REQUIRE(volume.unlink("/b").has_value());
        if (round == 1)
            REQUIRE(volume.unlink("/a").has_value());
        REQUIRE(volume.files.sync().has_value());
        REQUIRE(volume.write("/c", 0, "one more").has_value());
        REQUIRE(volume.files.checkpoint().has_value());
        REQUIRE(volume.unlink("/c").has_value());
    }
    CHECK(*volume.files.number(held) == number);
    mkfs::Disk disk = formatted;
    bool was_there = false;
    bool was_gone = false;
    for (std::size_t i = 0; i < recording.events.size(); ++i) {
        if (i >= told) {
            CAPTURE(i);
            const std::string found = found_by(disk, number);
            was_there |= found == "mine";
            was_gone |= found == "not found";
            CHECK((found == "mine" || found == "not found"));
        }
        apply(recording.events[i], disk);
    }
    CHECK(was_there);
    CHECK(was_gone);
    volume.files.release(held);
}

TEST_CASE("fs: a number that no sync followed may be an earlier file's after a crash") {
    // With a log that is large enough not to commit by itself.
    mkfs::Disk disk = *mkfs::format({.blocks = 256, .inodes = 63, .log = 128, .swap = 8});
    Volume<mkfs::Disk> volume(disk, 64);
    REQUIRE(volume.mount().has_value());
    REQUIRE(volume.write("/old", 0, "earlier").has_value());
    REQUIRE(volume.files.sync().has_value());
    const std::uint32_t number = number_of(volume, "/old");
    REQUIRE(volume.unlink("/old").has_value());
    REQUIRE(volume.write("/new", 0, "mine").has_value());
    CHECK(number_of(volume, "/new") == number);
    CHECK(found_by(disk, number) == "earlier");
    REQUIRE(volume.files.sync().has_value());
    CHECK(found_by(disk, number) == "mine");
}

TEST_CASE("fs: a number whose place holds no inode, and more of them than there are records") {
    Fresh fresh;
    REQUIRE(fresh.volume.write("/a", 0, "x").has_value());
    REQUIRE(fresh.volume.files.checkpoint().has_value());
    const std::uint32_t a = number_of(fresh.volume, "/a");
    {
        mkfs::Disk spoilt = fresh.disk;
        const fs::Layout layout = fresh.volume.files.layout();
        std::array<std::byte, fs::BLOCK_SIZE> block{};
        REQUIRE(spoilt.read(block::BlockNumber(layout.inode_block(a)), block).has_value());
        block[fs::Layout::inode_offset(a)] = std::byte{0x7f}; // its type
        REQUIRE(spoilt.write(block::BlockNumber(layout.inode_block(a)), block).has_value());
        Volume<mkfs::Disk> again(spoilt);
        REQUIRE(again.mount().has_value());
        CHECK(again.files.hold_number(a).error() == Error::malformed);
    }
    std::vector<std::uint32_t> numbers;
    for (char letter = 'b'; letter <= 'q'; ++letter) {
        const std::string path{'/', letter};
        REQUIRE(fresh.volume.make(path, {}).has_value());
        numbers.push_back(number_of(fresh.volume, path));
    }
    std::vector<fs::InodeRef> held;
    for (std::size_t i = 0; i < 15; ++i) { // of 16 records, the root holds one
        const Result<fs::InodeRef> file = fresh.volume.files.hold_number(numbers[i]);
        REQUIRE(file.has_value());
        held.push_back(*file);
    }
    CHECK(fresh.volume.files.hold_number(numbers[15]).error() == Error::too_many);
    CHECK(fresh.volume.files.hold_number(numbers[0]) == held[0]); // which has its record
    fresh.volume.files.release(held[0]);
    for (const fs::InodeRef file : held)
        fresh.volume.files.release(file);
    const Result<fs::InodeRef> last = fresh.volume.files.hold_number(numbers[15]);
    REQUIRE(last.has_value());
    fresh.volume.files.release(*last);
}
