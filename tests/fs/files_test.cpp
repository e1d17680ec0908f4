// Files and directories as programs see them: every call, every error by its name.
// SPDX-License-Identifier: MIT
#include "abi/calls/files.hpp"
#include "check.hpp"
#include "snapshot.hpp"

namespace {

struct Fresh {
    mkfs::Disk disk = *mkfs::format(SMALL);
    Volume<mkfs::Disk> volume{disk};
    Fresh() { REQUIRE(volume.mount().has_value()); }
    ~Fresh() {
        CHECK(volume.files.checkpoint().has_value());
        CHECK(mkfs::check(disk).errors.empty());
    }
};

constexpr fs::Kind DIRECTORY{.type = fs::FileType::directory};

} // namespace

TEST_CASE("fs: what programs read of a directory is what lies on the disk") {
    static_assert(sizeof(abi::DirectoryEntry) == sizeof(fs::DirectoryEntry));
    static_assert(abi::DirectoryEntry::NAME_BYTES == fs::NAME_BYTES);
    static_assert(offsetof(abi::DirectoryEntry, length) == offsetof(fs::DirectoryEntry, length));
    static_assert(offsetof(abi::DirectoryEntry, name) == offsetof(fs::DirectoryEntry, name));
    static_assert(abi::PATH_BYTES == fs::PATH_BYTES);
    static_assert(static_cast<int>(abi::FileType::directory) ==
                  static_cast<int>(fs::FileType::directory));
    static_assert(static_cast<int>(abi::FileType::file) == static_cast<int>(fs::FileType::file));
    static_assert(static_cast<int>(abi::FileType::device) ==
                  static_cast<int>(fs::FileType::device));
    Fresh fresh;
    REQUIRE(fresh.volume.mkdir("/d").has_value());
    const std::string bytes = *fresh.volume.read("/");
    REQUIRE(bytes.size() == 3 * sizeof(abi::DirectoryEntry));
    const auto entry = *load<abi::DirectoryEntry>(std::as_bytes(std::span(bytes)), 128);
    CHECK(entry.inode == fresh.volume.stat("/d")->inode);
    CHECK(std::string_view(entry.name.data(), entry.length) == "d");
}

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

TEST_CASE("fs: paths") {
    Fresh fresh;
    auto& volume = fresh.volume;
    REQUIRE(volume.mkdir("/d").has_value());
    REQUIRE(volume.mkdir("/d/e").has_value());
    REQUIRE(volume.write("/d/e/f", 0, "text").has_value());
    const auto root = volume.stat("/")->inode;
    CHECK(root == fs::ROOT_INODE);
    for (const char* path : {"//", "/.", "/..", "/d/..", "/d/e/../..", "/./d/../."})
        CHECK(volume.stat(path)->inode == root);
    CHECK(*volume.read("//d///e//f") == "text");
    const fs::InodeRef e = *volume.files.lookup("/d/e", volume.root());
    for (const char* path : {"f", "./f", "../e/f", "/d/e/f"}) {
        const auto found = volume.files.lookup(path, e);
        REQUIRE(found.has_value());
        volume.files.release(*found);
    }
    volume.files.release(e);
    CHECK(volume.stat("").error() == Error::not_found);
    CHECK(volume.stat("/x").error() == Error::not_found);
    CHECK(volume.stat("/x/y").error() == Error::not_found);
    CHECK(volume.stat("/d/e/f/g").error() == Error::not_directory);
    CHECK(volume.stat("/d/e/f/").error() == Error::not_directory);
    CHECK(volume.stat("/d/e/f/.").error() == Error::not_directory);
    CHECK(volume.stat("/d/e/").has_value());
    CHECK(volume.stat("/" + std::string(59, 'n')).error() == Error::not_found);
    CHECK(volume.stat("/" + std::string(60, 'n')).error() == Error::name_too_long);
    CHECK(volume.stat(std::string(1024, '/')).has_value());
    CHECK(volume.stat(std::string(1025, '/')).error() == Error::too_large);
}

TEST_CASE("fs: create, and its errors") {
    Fresh fresh;
    auto& volume = fresh.volume;
    CHECK(volume.make("/f", {}).has_value());
    CHECK(volume.make("/c", {fs::FileType::device, 1, 7}).has_value());
    CHECK(volume.stat("/c")->major == 1);
    CHECK(volume.stat("/c")->minor == 7);
    CHECK(volume.make("/d/", DIRECTORY).has_value());
    CHECK(volume.stat("/d")->links == 2);
    CHECK(volume.stat("/")->links == 3);
    const std::string longest(fs::NAME_BYTES, 'n');
    CHECK(volume.make("/" + longest, {}).has_value());
    CHECK(volume.make("/" + longest + "n", {}).error() == Error::name_too_long);
    for (const char* path : {"/f", "/d", "/", "/d/.", "/d/.."})
        CHECK(volume.make(path, {}).error() == Error::exists);
    CHECK(volume.make("/d", DIRECTORY).error() == Error::exists);
    CHECK(volume.make("/x/y", {}).error() == Error::not_found);
    CHECK(volume.make("/f/y", {}).error() == Error::not_directory);
    CHECK(volume.make("/y/", {}).error() == Error::is_directory);
    CHECK(volume.make("", {}).error() == Error::not_found);
    CHECK(volume.make("/y", {.type = fs::FileType::none}).error() == Error::invalid);
}

TEST_CASE("fs: link and unlink, and their errors") {
    Fresh fresh;
    auto& volume = fresh.volume;
    REQUIRE(volume.write("/a", 0, "text").has_value());
    REQUIRE(volume.mkdir("/d").has_value());
    CHECK(volume.link("/a", "/d/b").has_value());
    CHECK(volume.stat("/a")->links == 2);
    CHECK(volume.stat("/a")->inode == volume.stat("/d/b")->inode);
    CHECK(volume.link("/a", "/d/b").error() == Error::exists);
    CHECK(volume.link("/d", "/e").error() == Error::not_permitted);
    CHECK(volume.link("/a", "/e/f").error() == Error::not_found);
    CHECK(volume.link("/a", "/e/").error() == Error::not_directory);
    CHECK(volume.unlink("/d").error() == Error::not_empty);
    CHECK(volume.unlink("/d/.").error() == Error::invalid);
    CHECK(volume.unlink("/d/..").error() == Error::invalid);
    CHECK(volume.unlink("/").error() == Error::not_permitted);
    CHECK(volume.unlink("/x").error() == Error::not_found);
    CHECK(volume.unlink("/a/").error() == Error::not_directory);
    CHECK(volume.unlink("/a").has_value());
    CHECK(*volume.read("/d/b") == "text");
    CHECK(volume.unlink("/d/b").has_value());
    CHECK(volume.unlink("/d").has_value());
    CHECK(volume.stat("/")->links == 2);
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

TEST_CASE("fs: a removed directory that somebody works in holds nothing") {
    Fresh fresh;
    auto& files = fresh.volume.files;
    REQUIRE(fresh.volume.mkdir("/d").has_value());
    const fs::InodeRef here = *files.lookup("/d", fresh.volume.root());
    REQUIRE(fresh.volume.unlink("/d").has_value());
    CHECK(files.create("x", here, {}).error() == Error::not_found);
    CHECK(files.lookup("..", here).error() == Error::not_found);
    CHECK(files.lookup("x", here).error() == Error::not_found);
    const auto itself = files.lookup(".", here);
    REQUIRE(itself.has_value());
    files.release(*itself);
    files.release(here);
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

TEST_CASE("fs: a name is all of its letters, and no more") {
    Fresh fresh;
    auto& volume = fresh.volume;
    REQUIRE(volume.write("/abc", 0, "three").has_value());
    for (const std::string path : {"/ab", "/abcd", "/bc", "/ABC"})
        CHECK(volume.stat(path).error() == Error::not_found);
    REQUIRE(volume.write("/ab", 0, "two").has_value());
    CHECK(*volume.read("/ab") == "two");
    CHECK(*volume.read("/abc") == "three");
}

TEST_CASE("fs: a directory is not empty, whatever the name in it") {
    Fresh fresh;
    auto& volume = fresh.volume;
    for (const std::string name : {"x", ".x", "x.", "..x", "..."}) {
        CAPTURE(name);
        REQUIRE(volume.mkdir("/d").has_value());
        REQUIRE(volume.write("/d/" + name, 0, "x").has_value());
        CHECK(volume.unlink("/d").error() == Error::not_empty);
        CHECK(volume.unlink("/d/" + name).has_value());
        CHECK(volume.unlink("/d").has_value());
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
