// The disk: copies with their holes, and one that keeps what is written.
// SPDX-License-Identifier: MIT
//
// Machines that really run on a disk are in kernels_test.cpp.
#include "disk.hpp"
#include "failure.hpp"
#include "machine.hpp"
#include "scratch.hpp"
#include "text.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace faultline;
namespace fs = std::filesystem;

// 8 MiB, of which two small parts are data.
static std::string make_image(const fs::path& file) {
    std::string content(8 << 20, '\0');
    content.replace(0, 5, "first");
    content.replace(5 << 20, 4, "last");
    const int image = open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0644);
    REQUIRE(image >= 0);
    CHECK(ftruncate(image, 8 << 20) == 0);
    CHECK(pwrite(image, "first", 5, 0) == 5);
    CHECK(pwrite(image, "last", 4, 5 << 20) == 4);
    close(image);
    return content;
}

TEST_CASE("a copy has the same bytes and the same holes") {
    const Scratch scratch;
    const auto content = make_image(scratch.path() / "a");
    copy_sparsely(scratch.path() / "a", scratch.path() / "b");
    CHECK(read_file(scratch.path() / "b") == content);
    struct stat info {};
    REQUIRE(stat((scratch.path() / "b").c_str(), &info) == 0);
    CHECK(info.st_blocks * 512 < 1 << 20);
    CHECK(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()) == 2);
}

TEST_CASE("a copy that fails leaves nothing, and what was there stays") {
    const Scratch scratch;
    write_file(scratch.path() / "b", "old");
    CHECK_THROWS_AS(copy_sparsely(scratch.path() / "missing", scratch.path() / "b"), Failure);
    CHECK(read_file(scratch.path() / "b") == "old");
    make_image(scratch.path() / "a");
    CHECK_THROWS_AS(copy_sparsely(scratch.path() / "a", scratch.path() / "no" / "b"), Failure);
    CHECK(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()) == 2);
}

TEST_CASE("a disk is made when it is missing, older than the build's, or asked for") {
    const Scratch scratch;
    const auto built = scratch.path() / "disk.img";
    const auto file = scratch.path() / "run-disk.img";
    const auto old = scratch.path() / "run-disk.img.old";
    write_file(built, "built");
    KeptDisk disk{.built = built, .file = file};
    CHECK(prepare_disk(disk).find("a fresh disk") != std::string::npos);
    CHECK(read_file(file) == "built");
    write_file(file, "mine");
    CHECK(prepare_disk(disk).empty());
    CHECK(read_file(file) == "mine");

    const auto now = fs::last_write_time(file);
    fs::last_write_time(built, now + std::chrono::hours(1));
    disk.renewal = KeptDisk::Renewal::never;
    CHECK(prepare_disk(disk).empty());
    disk.renewal = KeptDisk::Renewal::when_the_build_is_newer;
    CHECK(prepare_disk(disk).find("newer one") != std::string::npos);
    CHECK(read_file(file) == "built");
    CHECK(read_file(old) == "mine"); // nothing that a person wrote is lost

    fs::last_write_time(built, now - std::chrono::hours(1));
    CHECK(prepare_disk(disk).empty());
    disk.renewal = KeptDisk::Renewal::now;
    CHECK_FALSE(prepare_disk(disk).empty());
}

TEST_CASE("a disk on which a machine runs is not taken away from it") {
    const Scratch scratch;
    write_file(scratch.path() / "built", "built");
    write_file(scratch.path() / "disk", "mine");
    CHECK_FALSE(disk_in_use(scratch.path() / "disk"));
    const int image = open((scratch.path() / "disk").c_str(), O_RDWR);
    struct flock lock {}; // as QEMU does: a shared lock on a byte that stands for a permission
    lock.l_type = F_RDLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = 100;
    lock.l_len = 1;
    REQUIRE(fcntl(image, F_OFD_SETLK, &lock) == 0);
    CHECK(disk_in_use(scratch.path() / "disk"));
    CHECK_THROWS_AS(prepare_disk({.built = scratch.path() / "built",
                                  .file = scratch.path() / "disk",
                                  .renewal = KeptDisk::Renewal::now}),
                    Failure);
    CHECK(read_file(scratch.path() / "disk") == "mine");
    close(image);
}

TEST_CASE("the disk stands on QEMU's line, and its writes are dropped unless kept") {
    const Scratch scratch;
    for (const char* name : {"kernel", "a,b"})
        write_file(scratch.path() / name, "");
    Kernel kernel{.name = "k",
                  .image = scratch.path() / "kernel",
                  .image_sstc = scratch.path() / "kernel",
                  .images = {},
                  .features = {"files"}};
    Disk disk{scratch.path() / "a,b"};
    const auto line = [&] { return shell_line(machine_command(kernel, {}, disk, "")); };
    const auto drive = "file=" + scratch.path().string() + "/a,,b,if=none,format=raw,id=disk";
    CHECK(line().find("-global virtio-mmio.force-legacy=false") != std::string::npos);
    CHECK(line().find(drive + ",snapshot=on -device virtio-blk-device,drive=disk") !=
          std::string::npos);
    disk.writes = Disk::Writes::are_kept;
    CHECK(line().find(drive + " -device") != std::string::npos);
    CHECK(line().find("-initrd") == std::string::npos);
    kernel.ram_disk = scratch.path() / "own"; // what it needs before it can read the disk
    CHECK_THROWS_AS(line(), Failure);
    write_file(kernel.ram_disk, "");
    CHECK(line().find("-initrd " + kernel.ram_disk.string()) != std::string::npos);
    CHECK(line().find(drive + " -device") != std::string::npos);
    kernel.features.clear(); // without a driver it reads the same image in memory
    CHECK(line().find("virtio") == std::string::npos);
    CHECK(line().find("-initrd " + disk.file.string()) != std::string::npos);
}
