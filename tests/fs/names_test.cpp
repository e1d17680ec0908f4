// Names and directories as programs see them: every call, every error by its name.
// SPDX-License-Identifier: MIT
#include "abi/calls/files.hpp"
#include "fresh.hpp"

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

TEST_CASE("fs: a zero byte is in no path, wherever it stands and whatever the path is for") {
    using namespace std::string_view_literals;
    Fresh fresh;
    auto& volume = fresh.volume;
    auto& files = volume.files;
    REQUIRE(volume.mkdir("/d").has_value());
    REQUIRE(volume.make("/f", {}).has_value());
    const auto before = files.counts();
    const fs::InodeRef root = volume.root();
    const fs::InodeRef file = *files.lookup("/f", root);
    for (const std::string_view path :
         {"\0"sv, "a\0b"sv, "/\0"sv, "/a\0b"sv, "/f\0"sv, "\0/f"sv, "/d/a\0"sv, "/d\0/a"sv,
          "/d/\0"sv, "/none/a\0"sv, "/f/\0"sv, "/d/\0/"sv, ".\0"sv}) {
        CHECK(files.lookup(path, root).error() == Error::invalid);
        for (const fs::FileType type :
             {fs::FileType::file, fs::FileType::directory, fs::FileType::device})
            CHECK(files.create(path, root, {.type = type}).error() == Error::invalid);
        CHECK(files.link(file, path, root).error() == Error::invalid);
        CHECK(files.unlink(path, root).error() == Error::invalid);
    }
    files.release(file);
    const auto after = files.counts();
    CHECK(after.free_inodes == before.free_inodes);
    CHECK(after.free_blocks == before.free_blocks);
    CHECK(after.inodes_in_use == before.inodes_in_use);
    CHECK(volume.stat("/f").has_value());
}
