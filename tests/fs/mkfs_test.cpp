// mkfs as people and the build call it: images, their check, and every error in words.
// SPDX-License-Identifier: MIT
#include "check.hpp"
#include "image_file.hpp"
#include "mkfs_command.hpp"
#include "volume.hpp"

namespace {

const std::string SMALL_DISK = "a.img --blocks 300 --inodes 40 --swap 8 --log 40 ";

} // namespace

TEST_CASE("mkfs: an image holds what it was given, and the same input gives the same bytes") {
    const Scratch scratch;
    scratch.file("one", "contents of one");
    scratch.file("two", std::string(50000, 't'));
    const std::string what = "--add bin/one=one --add /lib/x/two=two --directory home "
                             "--device /dev/console=1,0 --link /bin/other=/bin/one ";
    const Called made = call(scratch, SMALL_DISK + what);
    CHECK_MESSAGE(made.code == 0, made.words);
    const mkfs::Disk disk = mkfs::load_image(scratch.path("a.img"));
    CHECK(disk.block_count() == 308);
    CHECK(mkfs::check(disk).errors.empty());
    const std::string first = mkfs::read_host_file(scratch.path("a.img"));
    REQUIRE(call(scratch, "b.img --blocks 300 --inodes 40 --swap 8 --log 40 " + what).code == 0);
    CHECK((mkfs::read_host_file(scratch.path("b.img")) == first));
    const Called listed = call(scratch, "--list a.img");
    CHECK(listed.code == 0);
    for (const char* path :
         {" /bin/one\n", " /bin/other\n", " /lib/x/two\n", " /home\n", " 50000 "})
        CHECK(says(listed, path));
    REQUIRE(call(scratch, "a.img --extract /lib/x/two=out").code == 0);
    CHECK((mkfs::read_host_file(scratch.path("out")) == std::string(50000, 't')));
    CHECK(call(scratch, "--check a.img").code == 0);
}

TEST_CASE("mkfs: an image that nothing was written to is sparse") {
    const Scratch scratch;
    REQUIRE(call(scratch, "a.img").code == 0);
    CHECK(host::file_size(scratch.path("a.img")) == (8192 + 8192) * 4096);
    struct stat status {};
    REQUIRE(stat(scratch.path("a.img").c_str(), &status) == 0);
    CHECK(status.st_blocks * 512 < 100 * 1024);
}

TEST_CASE("mkfs: an image that fits has room for what is added, and for as much as is said") {
    const Scratch scratch;
    scratch.file("one", std::string(100 * 4096, 'x'));
    const std::string what = "--inodes 32 --log 26 --swap 0 --add lib/x/one=one ";
    REQUIRE(call(scratch, "a.img --fit 0 " + what).code == 0);
    CHECK(call(scratch, "--check a.img").code == 0);
    const std::uint64_t blocks = host::file_size(scratch.path("a.img")) / 4096;
    CHECK(blocks < 100 + 26 + 16);
    REQUIRE(call(scratch, "b.img --blocks " + std::to_string(blocks) + " " + what).code == 0);
    CHECK((mkfs::read_host_file(scratch.path("a.img")) ==
           mkfs::read_host_file(scratch.path("b.img"))));
    CHECK(call(scratch, "c.img --blocks " + std::to_string(blocks - 1) + " " + what).code == 1);
    CHECK(call(scratch, "c.img --blocks 100 --fit 0 " + what).code == 1);
    REQUIRE(call(scratch, "d.img --fit 9 " + what).code == 0);
    CHECK(host::file_size(scratch.path("d.img")) / 4096 == blocks + 9);
    CHECK(call(scratch, "--into a.img --fit 0 --add f=one").code == 2);
    CHECK(call(scratch, "--check --fit 0 a.img").code == 2);
}

TEST_CASE("mkfs: an image is changed by --into, in place of what stood there") {
    const Scratch scratch;
    scratch.file("one", "first");
    scratch.file("two", "second contents");
    REQUIRE(call(scratch, SMALL_DISK + "--add f=one --add g=one").code == 0);
    REQUIRE(call(scratch, "--into a.img --add f=two --add new/h=one").code == 0);
    REQUIRE(call(scratch, "a.img --extract f=f --extract g=g --extract new/h=h").code == 0);
    CHECK(mkfs::read_host_file(scratch.path("f")) == "second contents");
    CHECK(mkfs::read_host_file(scratch.path("g")) == "first");
    CHECK(mkfs::read_host_file(scratch.path("h")) == "first");
    CHECK(call(scratch, "--check a.img").code == 0);
}

TEST_CASE("mkfs: a failure leaves the old image, and no file beside it") {
    const Scratch scratch;
    scratch.file("one", "first");
    scratch.file("large", std::string(2000000, 'x'));
    REQUIRE(call(scratch, SMALL_DISK + "--add f=one").code == 0);
    const std::string before = mkfs::read_host_file(scratch.path("a.img"));
    const Called full = call(scratch, SMALL_DISK + "--add large=large");
    CHECK(full.code == 1);
    CHECK(says(full, "/large: no space on the disk"));
    CHECK(call(scratch, "--into a.img --add large=large").code == 1);
    // A host that takes no more: files may have 16 blocks of 512 bytes.
    const Called host_full =
        call(scratch, SMALL_DISK + "--add f=one", "trap '' XFSZ; ulimit -f 16;");
    CHECK(host_full.code == 1);
    CHECK(says(host_full, "cannot write a.img"));
    CHECK((mkfs::read_host_file(scratch.path("a.img")) == before));
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : host::directory_iterator(scratch.folder))
        ++files;
    CHECK(files == 3);
}

TEST_CASE("mkfs: what cannot be done is said in words") {
    const Scratch scratch;
    scratch.file("one", "x");
    const auto refuses = [&](const std::string& arguments, int code, const std::string& words) {
        const Called called = call(scratch, arguments);
        CHECK_MESSAGE(called.code == code, arguments);
        CHECK_MESSAGE(says(called, words), called.words);
    };
    refuses(SMALL_DISK + "--add f=none", 1, "cannot open none: No such file or directory");
    refuses(SMALL_DISK + "--add f=.", 1, "cannot open .: it is a directory");
    refuses(SMALL_DISK + "--add " + std::string(60, 'n') + "=one", 1, "name too long");
    refuses(SMALL_DISK + "--add d/" + std::string(60, 'n') + "/f=one", 1, "name too long");
    refuses(SMALL_DISK + "--add f=one --add f/g=one", 1, "/f/g: not a directory");
    refuses(SMALL_DISK + "--directory d --add d=one", 1, "/d: is a directory");
    refuses(SMALL_DISK + "--device c=1,0 --device c=1,0", 1, "/c: already exists");
    refuses(SMALL_DISK + "--link a=b", 1, "/b: not found");
    refuses("a.img --blocks 20", 1, "no file system can have 20 blocks");
    refuses("a.img --inodes 0", 1, "no file system can have");
    refuses("a.img --inodes 2 --add a=one --add b=one", 1, "no space");
    refuses("none.img --check", 1, "cannot open none.img");
    refuses("one --check", 1, "one is no image");
    refuses("none/a.img", 1, "cannot create none/a.img");
    refuses("", 2, "IMAGE is required");
    refuses(SMALL_DISK + "--add f", 2, "--add wants PATH=");
    refuses(SMALL_DISK + "--device c=1,x", 2, "--device wants PATH=MAJOR,MINOR");
    refuses("a.img --check --add f=one", 2, "call mkfs twice");
    refuses("a.img --unknown", 2, "--unknown");
    CHECK(!host::exists(scratch.path("a.img")));
}

TEST_CASE("mkfs: the check names what is wrong, and a log that is pending") {
    const Scratch scratch;
    mkfs::Disk disk = *mkfs::format(SMALL);
    Volume<mkfs::Disk> volume(disk);
    REQUIRE(volume.mount().has_value());
    REQUIRE(volume.write("/a", 0, "text").has_value());
    REQUIRE(volume.files.sync().has_value());
    mkfs::save_image(scratch.path("pending.img"), disk);
    const Called pending = call(scratch, "--check pending.img");
    CHECK(pending.code == 0);
    CHECK(says(pending, "pending"));
    REQUIRE(volume.files.checkpoint().has_value());

    const fs::Layout layout = *fs::plan(SMALL);
    const auto wrong = [&](std::uint64_t block, std::size_t offset, std::uint32_t value,
                           const std::string& words) {
        mkfs::Disk bad = disk;
        (void)store(bad.edit(block).bytes, offset, value);
        mkfs::save_image(scratch.path("bad.img"), bad);
        const Called called = call(scratch, "--check bad.img");
        CHECK_MESSAGE(called.code == 1, words);
        CHECK_MESSAGE(says(called, words), called.words);
    };
    const std::size_t a = fs::Layout::inode_offset(2); // the inode of /a
    const std::uint32_t data = layout.data_first + 1;  // its block
    wrong(0, 0, 7, "no superblock");
    wrong(layout.inode_first, a + 8, 2, "inode 2: counts 2 links, has 1");
    wrong(layout.inode_first, a + 16, 3, "not zero behind the end");
    wrong(layout.inode_first, a + 24, 1, "inode 2: has block 1, which is no data block");
    wrong(layout.inode_first, a + 24, layout.data_first, "which inode 1 has too");
    wrong(layout.inode_first, a + 28, data + 1, "behind its end");
    wrong(layout.inode_first, a + 0, 0, "free, but not zero");
    wrong(layout.bitmap_first, data / 32 * 4, 0, "is in use and marked free");
    wrong(layout.bitmap_first, 12, 0xffffffff, "is free and marked in use");
    wrong(layout.data_first, 0, 2, ". names inode 2");
    wrong(layout.data_first, 64, 2, ".. names inode 2");
    wrong(layout.data_first, 128, 3, "the name a of no inode");
    wrong(layout.data_first, 128, 1, "inode 1: a directory with two names");
    wrong(layout.inode_first, fs::Layout::inode_offset(1) + 16, 100, "that of whole entries");
}
