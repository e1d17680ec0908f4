// Attacks by what is handed in: links, devices, sizes, bytes, names.
// SPDX-License-Identifier: MIT
//
// No compiler takes part: such a file is not taken at all.
#include "failure.hpp"
#include "scratch.hpp"
#include "submission.hpp"
#include "text.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

using namespace lab;
namespace fs = std::filesystem;

namespace {

const std::vector<fs::path> WANTED = {"arch/riscv/sv39.hpp", "arch/riscv/address_space.cpp"};

struct Folder {
    faultline::Scratch scratch{};
    fs::path top = scratch.path() / "submission";
    fs::path file = top / WANTED[0];

    Folder() { fs::create_directories(file.parent_path()); }

    // Says why the file was refused; "" when it was taken, "missing" when it was not there.
    std::string refusal() const {
        const auto taken = take_submission(top, WANTED);
        if (taken.files.contains(WANTED[0]))
            return "";
        return taken.refused.empty() ? "missing" : taken.refused.front().observed;
    }
};

bool says(const std::string& text, const char* words) { return text.find(words) != text.npos; }

} // namespace

TEST_CASE("plain text of the lab's names is taken, and nothing else of the folder") {
    const Folder folder;
    faultline::write_file(folder.file, "int a; // ü\n");
    faultline::write_file(folder.top / "CMakeLists.txt", "file(REMOVE_RECURSE /)");
    faultline::write_file(folder.top / "faultline", "#!/bin/sh\nrm -r /");
    faultline::write_file(folder.top / "results.json", "{\"points\": 100}");
    faultline::write_file(folder.top / "arch/riscv/boot.S", "wfi");
    const auto taken = take_submission(folder.top, WANTED);
    REQUIRE(taken.files.size() == 1);
    CHECK(taken.files.at(WANTED[0]) == "int a; // ü\n");
    CHECK(taken.missing == std::vector<fs::path>{WANTED[1]});
}

TEST_CASE("a symbolic link is not followed, neither as the file nor on the way to it") {
    const Folder folder;
    fs::create_symlink("/etc/passwd", folder.file);
    CHECK(says(folder.refusal(), "symbolic link"));
    fs::remove(folder.file);
    fs::create_symlink("/dev/zero", folder.file);
    CHECK(says(folder.refusal(), "symbolic link"));
    fs::remove_all(folder.top / "arch");
    fs::create_directories(folder.scratch.path() / "elsewhere/riscv");
    faultline::write_file(folder.scratch.path() / "elsewhere/riscv/sv39.hpp", "hidden");
    fs::create_symlink("../elsewhere", folder.top / "arch");
    CHECK(says(folder.refusal(), "symbolic link"));
}

TEST_CASE("a FIFO, a device or a folder is no file, and nobody waits for it") {
    const Folder folder;
    REQUIRE(mkfifo(folder.file.c_str(), 0600) == 0);
    CHECK(says(folder.refusal(), "FIFO"));
    fs::remove(folder.file);
    fs::create_directory(folder.file);
    CHECK(says(folder.refusal(), "is a folder"));
    fs::remove(folder.file);
    if (mknod(folder.file.c_str(), S_IFCHR | 0600, makedev(1, 5)) == 0) // as root
        CHECK(says(folder.refusal(), "device"));
    fs::remove_all(folder.top / "arch");
    faultline::write_file(folder.top / "arch", "");
    CHECK(says(folder.refusal(), "no folder"));
}

TEST_CASE("a file is text of a size that a person writes") {
    const Folder folder;
    faultline::write_file(folder.file, std::string(LARGEST_FILE, 'x'));
    CHECK(folder.refusal().empty());
    faultline::write_file(folder.file, std::string(LARGEST_FILE + 1, 'x'));
    CHECK(says(folder.refusal(), "larger"));
    fs::resize_file(folder.file, std::uint64_t{1} << 40); // sparse: takes no room
    CHECK(says(folder.refusal(), "larger"));
    faultline::write_file(folder.file, std::string("int a;\0int b;", 13));
    CHECK(says(folder.refusal(), "value 0"));
    for (const char* bytes : {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe2\x82"}) {
        faultline::write_file(folder.file, bytes);
        CHECK(says(folder.refusal(), "UTF-8"));
    }
}

TEST_CASE("a file may lie at the top under its last name") {
    const Folder folder;
    fs::remove_all(folder.top / "arch");
    faultline::write_file(folder.top / "sv39.hpp", "flat");
    CHECK(folder.refusal().empty());
    CHECK_THROWS_AS(take_submission(folder.scratch.path() / "none", WANTED), faultline::Failure);
}
