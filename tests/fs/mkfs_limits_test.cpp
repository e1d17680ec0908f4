// mkfs and images that are deep, damaged, endless or strangely named: an answer, in bounded memory.
// SPDX-License-Identifier: MIT
#include "check.hpp"
#include "image_file.hpp"
#include "mkfs_command.hpp"
#include "tree.hpp"
#include "volume.hpp"

#include <algorithm>

TEST_CASE("mkfs: every tool walks a tree that is deeper than a path may be long") {
    const Scratch scratch;
    scratch.file("one", "in the depths");
    std::string deep;
    for (int i = 0; i < 2000; ++i)
        deep += "/z";
    REQUIRE(deep.size() > 3 * fs::PATH_BYTES);
    const std::string large = "a.img --blocks 4000 --inodes 3000 --swap 0 ";
    REQUIRE(call(scratch, large + "--add " + deep + "/f=one --directory " + deep + "/d").code == 0);
    REQUIRE(call(scratch, "--into a.img --link " + deep + "/d/g=" + deep + "/f").code == 0);
    const Called checked = call(scratch, "--check a.img");
    CHECK_MESSAGE(checked.code == 0, checked.words);
    CHECK(says(checked, "1 files, 2002 directories"));
    // A host's stack of 256 KiB: what recurs once a level would not get far.
    const Called listed = call(scratch, "--list a.img", "ulimit -s 256;");
    CHECK(listed.code == 0);
    for (const char* end : {"/d\n", "/f\n", "/d/g\n"})
        CHECK(says(listed, " " + deep + end));
    CHECK(call(scratch, "--check a.img", "ulimit -s 256;").code == 0);
    REQUIRE(call(scratch, "a.img --extract " + deep + "/d/g=out").code == 0);
    CHECK(mkfs::read_host_file(scratch.path("out")) == "in the depths");
    const Called missed = call(scratch, "a.img --extract " + deep + "/none=out");
    CHECK(missed.code == 1);
    CHECK(says(missed, "/none: not found"));
}

TEST_CASE("mkfs: memory is needed for what is in an image, not for what inodes claim") {
    const Scratch scratch;
    constexpr const char* LITTLE = "ulimit -v 60000;"; // KiB, libraries too
    mkfs::Disk disk = *mkfs::format({.blocks = 1000, .inodes = 1000, .log = 40, .swap = 0});
    {
        mkfs::Tree tree(disk, "disk");
        for (int i = 0; i < 500; ++i)
            tree.add_directory("/d" + std::to_string(i));
        tree.add_file("/holes", "x");
        tree.finish();
    }
    mkfs::save_image(scratch.path("good.img"), disk);
    REQUIRE(call(scratch, "--check good.img", LITTLE).code == 0);
    const fs::Layout layout = *fs::plan({.blocks = 1000, .inodes = 1000, .log = 40, .swap = 0});
    const auto set_sizes = [&](std::uint32_t first, std::uint32_t last, std::uint64_t size) {
        mkfs::Disk bad = disk;
        for (std::uint32_t inode = first; inode <= last; ++inode)
            (void)store(bad.edit(layout.inode_block(inode)).bytes,
                        fs::Layout::inode_offset(inode) + offsetof(fs::InodeImage, size), size);
        mkfs::save_image(scratch.path("bad.img"), bad);
    };
    const auto answers = [&](const std::string& words) {
        const Called called = call(scratch, "--check bad.img", LITTLE);
        CHECK_MESSAGE(called.code == 1, words);
        CHECK_MESSAGE(says(called, words), called.words);
        const Called listed = call(scratch, "--list bad.img", LITTLE);
        CHECK(listed.code == 1);
        CHECK_MESSAGE(says(listed, "mkfs: "), listed.words);
        return called.words;
    };
    set_sizes(2, 501, fs::FILE_BYTES_LIMIT);
    answers("inode 2: a directory with a hole");
    for (const std::uint64_t size :
         {fs::FILE_BYTES_LIMIT + 1, std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
        set_sizes(2, 2, size);
        // And nothing else is wrong with it.
        CHECK(answers("inode 2: its size is impossible").find('\n') ==
              std::string("bad.img: inode 2: its size is impossible").size());
    }
    // A file may have holes: its size is true.
    const std::uint64_t large = 64ULL << 20;
    set_sizes(502, 502, large);
    CHECK(call(scratch, "--check bad.img", LITTLE).code == 0);
    CHECK(call(scratch, "bad.img --extract holes=holes", LITTLE).code == 0);
    CHECK(host::file_size(scratch.path("holes")) == large);
    struct stat status {};
    REQUIRE(stat(scratch.path("holes").c_str(), &status) == 0);
    CHECK(status.st_blocks * 512 <= 1 << 20);
}

TEST_CASE("mkfs: of very many errors the first are told, and how many there are") {
    const Scratch scratch;
    const fs::Geometry large{.blocks = 40000, .inodes = 40, .log = 40, .swap = 0};
    mkfs::Disk disk = *mkfs::format(large);
    disk.edit(fs::plan(large)->bitmap_first).bytes.fill(std::byte{0xff});
    mkfs::save_image(scratch.path("a.img"), disk);
    const Called called = call(scratch, "--check a.img");
    CHECK(called.code == 1);
    const auto lines = static_cast<std::size_t>(std::ranges::count(called.words, '\n'));
    CHECK(lines == mkfs::Checked::ERRORS_KEPT + 1);
    const std::uint64_t free = 8 * fs::BLOCK_SIZE - fs::plan(large)->data_first - 1;
    CHECK(
        says(called, "a.img: and " + std::to_string(free - mkfs::Checked::ERRORS_KEPT) + " more"));
}

TEST_CASE("mkfs: names of an image are shown as one word of one line, whatever bytes they have") {
    const Scratch scratch;
    mkfs::Disk disk = *mkfs::format(SMALL);
    const std::string name = "a\x1b[2Jb\nc\xc2\x9b\xc3\xa4\\";
    {
        mkfs::Tree tree(disk, "disk");
        tree.add_directory("/" + name);
        tree.finish();
    }
    mkfs::save_image(scratch.path("a.img"), disk);
    const std::string shown = "a\\x1b[2Jb\\x0ac\\xc2\\x9b\xc3\xa4\\\\";
    CHECK(says(call(scratch, "--list a.img"), "/" + shown + "\n"));
    const fs::Layout layout = *fs::plan(SMALL);
    (void)store<std::uint16_t>(disk.edit(layout.inode_first).bytes, fs::Layout::inode_offset(2), 0);
    mkfs::save_image(scratch.path("a.img"), disk);
    const Called called = call(scratch, "--check a.img");
    CHECK(called.code == 1);
    CHECK_MESSAGE(says(called, "the name " + shown + " of no inode"), called.words);
}

TEST_CASE("mkfs: what has no end is no image, and no file of one") {
    const Scratch scratch;
    for (const char* endless : {"/dev/zero", "/dev/full", "/dev/stdin"}) {
        const Called called = call(scratch, std::string("--check ") + endless, "yes |");
        CHECK(called.code == 1);
        CHECK(says(called, "is no image: it is neither a file nor a disk"));
    }
    REQUIRE(call(scratch, "a.img", "").code == 0);
    REQUIRE(call(scratch, "--list a.img > /dev/full").code == 1);
    host::resize_file(scratch.path("a.img"), 1ULL << 42);
    const Called large = call(scratch, "--check a.img");
    CHECK(large.code == 1);
    CHECK(says(large, "larger than any file system"));
}
