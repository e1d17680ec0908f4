// Files: what is written is read, what is unlinked lives until it is closed, every error by name.
// SPDX-License-Identifier: MIT
#include "checks.hpp"

#include "user/lib/directory.hpp"

using namespace unix_tests;

namespace {

constexpr std::string_view NAME_59 = "n123456789n123456789n123456789n123456789n123456789n12345678";
static_assert(NAME_59.size() == abi::DirectoryEntry::NAME_BYTES);

} // namespace

TEST_CASE("file: written, read, moved about in, emptied") {
    REQUIRE(make_file("f", "hello world"));
    CHECK(holds("f", "hello world"));
    const std::int64_t file = os::open("f", os::READ_WRITE);
    CHECK(is(os::seek(file, 6), 6));
    CHECK(is(os::write(file, std::string_view("W")), 1));
    std::array<char, 16> space{};
    CHECK(is(os::read(file, std::span(space)), 4));
    CHECK(space[0] == 'o');
    CHECK(is(os::read(file, std::span(space)), 0));
    os::Stat stat{};
    CHECK(is(os::fstat(file, stat), 0));
    CHECK(stat.size == 11);
    CHECK(stat.links == 1);
    CHECK(stat.type == os::FileType::file);
    CHECK(is(os::close(file), 0));
    CHECK(holds("f", "hello World"));
    CHECK(is(os::close(os::open("f", os::WRITE | os::TRUNCATE)), 0));
    CHECK(holds("f", ""));
    CHECK(is(os::unlink("f"), 0));
}

TEST_CASE("file: APPEND writes to the end, wherever one was") {
    REQUIRE(make_file("f", "abc"));
    const std::int64_t file = os::open("f", os::WRITE | os::APPEND);
    CHECK(is(os::seek(file, 0), 0));
    CHECK(is(os::write(file, std::string_view("de")), 2));
    os::close(file);
    CHECK(holds("f", "abcde"));
    os::unlink("f");
}

TEST_CASE("file: the directions that it was opened for") {
    REQUIRE(make_file("f", "abc"));
    std::array<char, 4> space{};
    const std::int64_t reading = os::open("f");
    CHECK(is(os::write(reading, std::string_view("x")), -abi::BAD_DESCRIPTOR));
    os::close(reading);
    const std::int64_t writing = os::open("f", os::WRITE);
    CHECK(is(os::read(writing, std::span(space)), -abi::BAD_DESCRIPTOR));
    os::close(writing);
    CHECK(is(os::open("f", 3), -abi::INVALID));
    CHECK(os::open("f", ~0ULL) < 0);
    os::unlink("f");
}

TEST_CASE("file: unlinked while open, it lives until it is closed") {
    const std::int64_t file = os::open("f", os::READ_WRITE | os::CREATE);
    REQUIRE(file >= 0);
    CHECK(is(os::unlink("f"), 0));
    CHECK(is(os::open("f"), -abi::NOT_FOUND));
    CHECK(is(os::write(file, std::string_view("still here")), 10));
    CHECK(is(os::seek(file, 0), 0));
    std::array<char, 16> space{};
    CHECK(is(os::read(file, std::span(space)), 10));
    os::Stat stat{};
    CHECK(is(os::fstat(file, stat), 0));
    CHECK(stat.links == 0);
    os::close(file);
}

TEST_CASE("file: many blocks, read back") {
    constexpr std::size_t BLOCKS = 40; // more than an inode names itself
    static constinit std::array<std::uint64_t, PAGE_SIZE / 8> block{};
    const std::int64_t file = os::open("big", os::READ_WRITE | os::CREATE);
    for (std::uint64_t i = 0; i < BLOCKS; ++i) {
        block.fill(i * 0x9e3779b97f4a7c15);
        REQUIRE(os::write(file, std::as_bytes(std::span(block))) == PAGE_SIZE);
    }
    os::seek(file, 0);
    for (std::uint64_t i = 0; i < BLOCKS; ++i) {
        REQUIRE(os::read(file, std::as_writable_bytes(std::span(block))) == PAGE_SIZE);
        REQUIRE(block.front() == i * 0x9e3779b97f4a7c15);
        REQUIRE(block.back() == i * 0x9e3779b97f4a7c15);
    }
    CHECK(is(os::read(file, std::as_writable_bytes(std::span(block))), 0));
    os::close(file);
    CHECK(is(os::unlink("big"), 0));
}

TEST_CASE("names: two for one file") {
    REQUIRE(make_file("a", "abc"));
    CHECK(is(os::link("a", "b"), 0));
    os::Stat first{};
    os::Stat second{};
    CHECK(is(os::stat("a", first), 0));
    CHECK(is(os::stat("b", second), 0));
    CHECK(first.inode == second.inode);
    CHECK(first.links == 2);
    CHECK(is(os::unlink("a"), 0));
    CHECK(holds("b", "abc"));
    CHECK(is(os::unlink("b"), 0));
}

TEST_CASE("names: every way of not getting one") {
    REQUIRE(make_file("f", ""));
    REQUIRE(is(os::mkdir("d"), 0));
    CHECK(is(os::link("none", "x"), -abi::NOT_FOUND));
    CHECK(is(os::link("f", "d"), -abi::EXISTS));
    CHECK(is(os::link("f", "f"), -abi::EXISTS));
    CHECK(os::link("d", "x") < 0);
    CHECK(is(os::link("f", "none/x"), -abi::NOT_FOUND));
    CHECK(is(os::link("f", "f/x"), -abi::NOT_DIRECTORY));
    CHECK(is(os::unlink("none"), -abi::NOT_FOUND));
    CHECK(is(os::unlink("f/x"), -abi::NOT_DIRECTORY));
    CHECK(os::unlink(".") < 0);
    CHECK(os::unlink("d/..") < 0);
    CHECK(os::unlink("/") < 0);
    CHECK(is(os::open("none"), -abi::NOT_FOUND));
    CHECK(is(os::open(""), -abi::NOT_FOUND));
    CHECK(is(os::open("none/x", os::WRITE | os::CREATE), -abi::NOT_FOUND));
    CHECK(is(os::open("f/x"), -abi::NOT_DIRECTORY));
    CHECK(is(os::open("d", os::WRITE), -abi::IS_DIRECTORY));
    CHECK(is(os::mkdir("d"), -abi::EXISTS));
    CHECK(is(os::mkdir("f"), -abi::EXISTS));
    CHECK(is(os::mkdir("none/x"), -abi::NOT_FOUND));
    CHECK(is(os::mknod("f", 1, 0), -abi::EXISTS));
    CHECK(is(os::chdir("f"), -abi::NOT_DIRECTORY));
    CHECK(is(os::chdir("none"), -abi::NOT_FOUND));
    CHECK(is(os::unlink("f"), 0));
    CHECK(is(os::unlink("d"), 0));
}

TEST_CASE("names: as long as they may be, and a byte longer") {
    REQUIRE(make_file(NAME_59, "x"));
    CHECK(holds(NAME_59, "x"));
    CHECK(is(os::unlink(NAME_59), 0));
    std::array<char, NAME_59.size() + 1> longer{};
    longer.fill('n');
    const std::string_view name(longer.data(), longer.size());
    CHECK(is(os::open(name, os::WRITE | os::CREATE), -abi::NAME_TOO_LONG));
    CHECK(is(os::mkdir(name), -abi::NAME_TOO_LONG));
    static constinit std::array<char, abi::PATH_BYTES + 1> slashes{};
    slashes.fill('/');
    CHECK(is(os::open({slashes.data(), slashes.size()}), -abi::TOO_LARGE));
    const std::int64_t root = os::open({slashes.data(), slashes.size() - 1});
    CHECK(root >= 0);
    os::close(root);
}

TEST_CASE("names: a zero byte is in none, whatever call makes it or looks it up") {
    using namespace std::string_view_literals;
    constexpr std::array<std::string_view, 1> words{"x"};
    REQUIRE(make_file("f", "kept"));
    for (const std::string_view path :
         {"\0"sv, "a\0b"sv, "/a\0b"sv, "f\0"sv, "/bin/true\0"sv, "none/a\0"sv, "f/\0"sv, ".\0"sv}) {
        os::Stat stat{};
        CHECK(is(os::open(path), -abi::INVALID));
        CHECK(is(os::open(path, os::WRITE | os::CREATE | os::TRUNCATE), -abi::INVALID));
        CHECK(is(os::mkdir(path), -abi::INVALID));
        CHECK(is(os::mknod(path, abi::device::NOTHING, 0), -abi::INVALID));
        CHECK(is(os::link("f", path), -abi::INVALID));
        CHECK(is(os::link(path, "g"), -abi::INVALID));
        CHECK(is(os::unlink(path), -abi::INVALID));
        CHECK(is(os::chdir(path), -abi::INVALID));
        CHECK(is(os::exec(path, words), -abi::INVALID));
        CHECK(is(os::stat(path, stat), -abi::INVALID));
    }
    CHECK(holds("f", "kept"));
    os::unlink("f");
}

TEST_CASE("directories: . and .., not empty, gone while somebody is in it") {
    REQUIRE(is(os::mkdir("d"), 0));
    REQUIRE(make_file("d/f", "x"));
    CHECK(is(os::unlink("d"), -abi::NOT_EMPTY));
    unsigned names = 0;
    for (os::Directory directory("d"); const auto entry = directory.next();)
        ++names;
    CHECK(names == 3);
    CHECK(holds("d/../d/./f", "x"));
    CHECK(is(os::chdir("d"), 0));
    CHECK(holds("f", "x"));
    os::PathText path;
    CHECK(is(os::current_directory(path), 0));
    CHECK(path.view() == "/test/d");
    CHECK(is(os::unlink("f"), 0));
    const std::int64_t removed = os::unlink("../d");
    if (removed == 0) {
        CHECK(is(os::open("f", os::WRITE | os::CREATE), -abi::NOT_FOUND));
        CHECK(is(os::mkdir("x"), -abi::NOT_FOUND));
        CHECK(is(os::chdir("/test"), 0));
    } else {
        CHECK(is(os::chdir(".."), 0));
        CHECK(is(os::unlink("d"), 0));
    }
}

TEST_CASE("devices: nothing and zeroes") {
    std::array<char, 16> space{};
    space.fill('x');
    const std::int64_t nothing = os::open("/dev/null", os::READ_WRITE);
    CHECK(is(os::read(nothing, std::span(space)), 0));
    CHECK(is(os::write(nothing, {space.data(), space.size()}), 16));
    os::close(nothing);
    const std::int64_t zero = os::open("/dev/zero");
    CHECK(is(os::read(zero, std::span(space)), 16));
    CHECK(space[0] == '\0');
    CHECK(space[15] == '\0');
    os::close(zero);
    CHECK(is(os::mknod("own", abi::device::NOTHING, 0), 0));
    const std::int64_t own = os::open("own", os::WRITE);
    CHECK(is(os::write(own, std::string_view("x")), 1));
    os::close(own);
    CHECK(is(os::unlink("own"), 0));
    CHECK(is(os::mknod("wrong", 77, 0) == 0 ? os::open("wrong") : -abi::NO_CALL, -abi::NO_CALL));
    os::unlink("wrong");
}

TEST_CASE("descriptors: the lowest free one; they run out in words") {
    const std::int64_t first = os::open("/README");
    const std::int64_t second = os::dup(first);
    CHECK(is(second, first + 1));
    os::close(first);
    CHECK(is(os::dup(second), first));
    std::int64_t last = 0;
    unsigned more = 0;
    while ((last = os::dup(second)) >= 0)
        ++more;
    CHECK(is(last, -abi::TOO_MANY));
    CHECK(more >= 25);
    CHECK(is(os::open("/README"), -abi::TOO_MANY));
    for (std::int64_t descriptor = first; descriptor < 32; ++descriptor)
        os::close(descriptor);
    for (const std::int64_t wrong : {std::int64_t{-1}, std::int64_t{31}, std::int64_t{32},
                                     std::int64_t{1} << 40, INT64_MIN, INT64_MAX}) {
        std::array<char, 4> space{};
        os::Stat stat{};
        CHECK(is(os::close(wrong), -abi::BAD_DESCRIPTOR));
        CHECK(is(os::dup(wrong), -abi::BAD_DESCRIPTOR));
        CHECK(is(os::read(wrong, std::span(space)), -abi::BAD_DESCRIPTOR));
        CHECK(is(os::write(wrong, std::string_view("x")), -abi::BAD_DESCRIPTOR));
        CHECK(is(os::fstat(wrong, stat), -abi::BAD_DESCRIPTOR));
        CHECK(is(os::seek(wrong, 0), -abi::BAD_DESCRIPTOR));
    }
}

TEST_CASE("open files: the whole system's run out in words, and come back") {
    constexpr unsigned CHILDREN = 12;
    Ends ready{};
    Ends leave{};
    REQUIRE(is(os::pipe(ready), 0));
    REQUIRE(is(os::pipe(leave), 0));
    for (unsigned i = 0; i < CHILDREN; ++i)
        child([&] {
            std::int64_t last = 0;
            while ((last = os::open("/README")) >= 0)
                continue;
            os::write(ready[1], std::string_view("."));
            std::array<char, 1> byte{};
            os::close(leave[1]);
            os::read(leave[0], std::span(byte));
            return last == -abi::TOO_MANY ? 0 : 1;
        });
    std::array<char, 1> byte{};
    for (unsigned i = 0; i < CHILDREN; ++i)
        CHECK(is(os::read(ready[0], std::span(byte)), 1));
    CHECK(is(os::open("/README"), -abi::TOO_MANY));
    close_both(leave);
    for (unsigned i = 0; i < CHILDREN; ++i)
        CHECK(is(wait_status(), 0));
    close_both(ready);
    CHECK(is(os::close(os::open("/README")), 0));
}
