// Files as programs see them: every call, every error by its name.
// SPDX-License-Identifier: MIT
//
// Names: names_test.cpp.
#include "abi/calls/files.hpp"
#include "fresh.hpp"

TEST_CASE("fs: what is written is read, across blocks and mounts") {
    Fresh fresh;
    auto& volume = fresh.volume;
    CHECK(*volume.write("/a", 0, "hello") == 5);
    CHECK(*volume.read("/a") == "hello");
    const std::string big(3 * fs::BLOCK_SIZE + 17, 'x');
    CHECK(*volume.write("/a", 4, big) == big.size());
    CHECK(*volume.read("/a") == "hell" + big);
    REQUIRE(volume.files.checkpoint().has_value());
    Volume<mkfs::Disk> again(fresh.disk);
    REQUIRE(again.mount().has_value());
    CHECK(*again.read("/a") == "hell" + big);
}

TEST_CASE("fs: holes and cut tails read as zeroes") {
    Fresh fresh;
    auto& volume = fresh.volume;
    REQUIRE(volume.write("/a", 0, std::string(6000, 'x')).has_value());
    REQUIRE(volume.truncate("/a", 10).has_value());
    REQUIRE(volume.truncate("/a", 9000).has_value());
    CHECK((*volume.read("/a") == std::string(10, 'x') + std::string(8990, '\0')));
    REQUIRE(volume.write("/b", 50000, "end").has_value());
    CHECK((*volume.read("/b") == std::string(50000, '\0') + "end"));
}

TEST_CASE("fs: a file without a name lives while it is held, then gives everything back") {
    Fresh fresh;
    auto& files = fresh.volume.files;
    const fs::Counts before = files.counts();
    REQUIRE(fresh.volume.write("/a", 0, std::string(30 * fs::BLOCK_SIZE, 'x')).has_value());
    const fs::InodeRef file = *files.lookup("/a", fresh.volume.root());
    REQUIRE(files.hold(file).has_value());
    REQUIRE(fresh.volume.unlink("/a").has_value());
    CHECK(files.stat(file)->links == 0);
    CHECK(files.link(file, "/b", fresh.volume.root()).error() == Error::not_found);
    files.release(file);
    StringSource source{"more"};
    CHECK(*files.append(file, 4, source) == 4);
    CHECK(files.stat(file)->size == 30 * fs::BLOCK_SIZE + 4);
    files.release(file);
    CHECK(files.stat(file).error() == Error::invalid);
    const fs::Counts after = files.counts();
    CHECK(after.free_blocks == before.free_blocks);
    CHECK(after.free_inodes == before.free_inodes);
    CHECK(after.inodes_in_use == before.inodes_in_use);
}

TEST_CASE("fs: reading and writing what is no file") {
    Fresh fresh;
    auto& volume = fresh.volume;
    REQUIRE(volume.make("/c", {fs::FileType::device, 1, 0}).has_value());
    CHECK(volume.read("/c").error() == Error::invalid);
    CHECK(volume.write("/c", 0, "x").error() == Error::invalid);
    CHECK(volume.truncate("/c", 0).error() == Error::invalid);
    CHECK(volume.write("/", 0, "x").error() == Error::is_directory);
    CHECK(volume.truncate("/", 0).error() == Error::is_directory);
}

TEST_CASE("fs: the largest file, and one byte more") {
    Fresh fresh;
    auto& volume = fresh.volume;
    CHECK(*volume.write("/a", fs::FILE_BYTES_LIMIT - 1, "x") == 1);
    CHECK(volume.stat("/a")->size == fs::FILE_BYTES_LIMIT);
    CHECK(volume.write("/a", fs::FILE_BYTES_LIMIT, "x").error() == Error::too_large);
    CHECK(volume.write("/a", ~0ULL, "x").error() == Error::too_large);
    CHECK(volume.truncate("/a", fs::FILE_BYTES_LIMIT + 1).error() == Error::too_large);
    CHECK(volume.unlink("/a").has_value());
}

TEST_CASE("fs: more inodes in use than there are records") {
    Fresh fresh;
    auto& volume = fresh.volume;
    std::vector<fs::InodeRef> held;
    std::string name = "/a";
    Error error{};
    for (; name[1] <= 'z'; ++name[1])
        if (const auto made = volume.files.create(name, volume.root(), {}); made) {
            held.push_back(*made);
        } else {
            error = made.error();
            break;
        }
    CHECK(error == Error::too_many);
    CHECK(held.size() == 15); // of 16, the root holds one
    CHECK(volume.stat("/a").has_value());
    CHECK(volume.stat(name).error() == Error::not_found);
    for (const fs::InodeRef ref : held)
        volume.files.release(ref);
    CHECK(volume.make(name, {}).has_value());
}

TEST_CASE("fs: memory that is too small, and references to nothing") {
    mkfs::Disk disk = *mkfs::format(SMALL);
    Volume<mkfs::Disk> small(disk, fs::BUFFERS_LEAST - 1);
    CHECK(small.mount().error() == Error::invalid);
    Volume<mkfs::Disk> none(disk, fs::BUFFERS_LEAST, 0);
    CHECK(none.mount().error() == Error::invalid);
    Fresh fresh;
    auto& files = fresh.volume.files;
    for (const fs::InodeRef ref : {fs::InodeRef(), fs::InodeRef(7), fs::InodeRef(16)}) {
        CHECK(files.stat(ref).error() == Error::invalid);
        CHECK(files.hold(ref).error() == Error::invalid);
        CHECK(files.lookup("x", ref).error() == Error::invalid);
        CHECK(files.truncate(ref, 0).error() == Error::invalid);
        CHECK(files.link(ref, "/x", fresh.volume.root()).error() == Error::invalid);
        files.release(ref);
    }
}

TEST_CASE("fs: a row of operations of one kind does not outgrow the log") {
    Fresh fresh;
    auto& volume = fresh.volume;
    constexpr std::uint64_t MANY = 30; // blocks that change, more than the log holds
    REQUIRE(volume.write("/a", 0, std::string(MANY * fs::BLOCK_SIZE, 'x')).has_value());
    const auto directory = [](std::uint64_t i) { return "/" + std::to_string(i); };
    for (std::uint64_t i = 0; i < MANY; ++i)
        REQUIRE(volume.mkdir(directory(i)).has_value());
    for (std::uint64_t i = 0; i < MANY; ++i)
        REQUIRE(volume.link("/a", directory(i) + "/a").has_value());
    const fs::InodeRef file = *volume.files.lookup("/a", volume.root());
    mkfs::Block page;
    page.bytes.fill(std::byte{'y'});
    for (std::uint64_t i = 0; i < MANY; ++i)
        REQUIRE(volume.files.write_page(file, i, PAGE_SIZE, page.bytes).has_value());
    volume.files.release(file);
    CHECK(*volume.read("/29/a") == std::string(MANY * fs::BLOCK_SIZE, 'y'));
    for (std::uint64_t i = 0; i < MANY; ++i)
        REQUIRE(volume.unlink(directory(i) + "/a").has_value());
    CHECK(volume.stat("/a")->links == 1);
}

TEST_CASE("fs: every block and inode of a disk can be used, and used again") {
    for (const std::uint64_t blocks : {128, 129, 191}) {
        CAPTURE(blocks);
        fs::Geometry geometry = SMALL;
        geometry.blocks = blocks;
        mkfs::Disk disk = *mkfs::format(geometry);
        Volume<mkfs::Disk> volume(disk);
        REQUIRE(volume.mount().has_value());
        const fs::Layout layout = volume.files.layout();
        const fs::Counts fresh = volume.files.counts();
        CHECK(fresh.free_blocks == layout.block_count - layout.data_first - 1); // the root's
        CHECK(fresh.free_inodes == layout.inode_count - 1);
        for (int round = 0; round < 2; ++round) {
            std::uint64_t there = 0;
            for (int i = 0; i < 8; ++i) { // the last ones have a block each
                const auto more = volume.write("/" + std::to_string(i), 0,
                                               std::string(blocks * fs::BLOCK_SIZE, 'x'));
                there += more.value_or(0) / fs::BLOCK_SIZE;
            }
            CHECK(volume.files.counts().free_blocks == 0);
            CHECK(there >= fresh.free_blocks - 3); // index blocks
            for (int i = 0; i < 8; ++i)
                REQUIRE(volume.unlink("/" + std::to_string(i)).has_value());
            CHECK(volume.files.counts().free_blocks == fresh.free_blocks);
            CHECK(volume.files.counts().free_inodes == fresh.free_inodes);
        }
        REQUIRE(volume.files.checkpoint().has_value());
        CHECK(mkfs::check(disk).errors.empty());
    }
}

TEST_CASE("fs: a file is written to or run, and each as often as it likes") {
    using io::FileUse;
    Fresh fresh;
    auto& files = fresh.volume.files;
    REQUIRE(fresh.volume.make("/f", {}).has_value());
    const fs::InodeRef file = *files.lookup("/f", fresh.volume.root());
    for (const auto& [one, other] : {std::pair{FileUse::writing, FileUse::running},
                                     std::pair{FileUse::running, FileUse::writing}}) {
        CHECK(files.begin_use(file, one).has_value());
        CHECK(files.begin_use(file, one).has_value());
        CHECK(files.begin_use(file, FileUse::reading).has_value());
        CHECK(files.begin_use(file, other).error() == Error::busy);
        files.end_use(file, one);
        CHECK(files.begin_use(file, other).error() == Error::busy);
        files.end_use(file, one);
        files.end_use(file, FileUse::reading);
        CHECK(files.begin_use(file, other).has_value());
        files.end_use(file, other);
    }
    files.release(file);
    CHECK(files.begin_use(file, FileUse::running).error() == Error::invalid); // not held
}
