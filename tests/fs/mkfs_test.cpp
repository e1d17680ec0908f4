// mkfs as people and the build call it: images, their check, and every error in words.
// SPDX-License-Identifier: MIT
#include "check.hpp"
#include "image_file.hpp"
#include "tree.hpp"
#include "volume.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace host = std::filesystem;

// A folder of its own for each test case.
struct Scratch {
    host::path folder = host::path(SCRATCH) / std::to_string(getpid());
    Scratch() {
        host::remove_all(folder);
        host::create_directories(folder);
    }
    ~Scratch() { host::remove_all(folder); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    std::string path(const std::string& name) const { return (folder / name).string(); }
    std::string file(const std::string& name, const std::string& contents) const {
        std::ofstream(path(name), std::ios::binary) << contents;
        return path(name);
    }
};

struct Called {
    int code;
    std::string words; // output and errors
};

Called call(const Scratch& scratch, const std::string& arguments, const std::string& before = "") {
    const std::string line =
        "cd '" + scratch.folder.string() + "'; " + before + " '" MKFS "' " + arguments + " 2>&1";
    FILE* pipe = popen(line.c_str(), "r");
    REQUIRE(pipe != nullptr);
    Called called{};
    char buffer[512];
    while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe))
        called.words.append(buffer, size);
    const int status = pclose(pipe);
    called.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return called;
}

bool says(const Called& called, const std::string& words) {
    return called.words.find(words) != std::string::npos;
}

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
