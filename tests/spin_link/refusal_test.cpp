// The kernel starts with extensions that it must refuse: it says why by name, and ends in order.
// SPDX-License-Identifier: MIT
#include "abi/machine_exit.hpp"
#include "tests/machine/command.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace {

// A copy of the disk's files, gone at the end.
class Disk {
public:
    Disk() {
        std::string path = (std::filesystem::temp_directory_path() / "spin-link-XXXXXX").string();
        if (mkdtemp(path.data()) == nullptr)
            throw std::runtime_error("cannot make a folder for the initial RAM disk");
        folder_ = path;
        std::filesystem::copy(BUILD "/guest-release/staged", folder_,
                              std::filesystem::copy_options::recursive);
    }
    Disk(const Disk&) = delete;
    ~Disk() { std::filesystem::remove_all(folder_); }

    // Runs COMMAND in the folder.
    void change(const std::string& command) const {
        const Answer answer = shell("sh -c 'cd " + folder_ + " && " + command + "'");
        REQUIRE_MESSAGE(answer.status == 0, command, ": ", answer.output);
    }

    Answer boot() const {
        change("\"" MKFS "\" disk.img --blocks 1024 --swap 0 --add /bin/hello=bin/hello "
               "--add /lib/spin/library=spin/library --add /lib/spin/wired.o=spin/wired.o");
        return shell(QEMU " -M virt -cpu rv64,sstc=off -m 128M -display none -monitor none "
                          "-serial stdio -icount shift=0,sleep=off -no-reboot "
                          "-append 'personality=wired program=hello' -kernel '" BUILD
                          "/guest-release/spin.elf' "
                          "-initrd " +
                     folder_ + "/disk.img");
    }

private:
    std::string folder_;
};

// NAME with its hash, as the extension has it.
std::string full_name(const std::string& name) {
    const std::string names = shell(NM " -j " BUILD "/guest-release/staged/spin/wired.o").output;
    const std::size_t at = ("\n" + names).find("\n" + name + ".");
    REQUIRE_MESSAGE(at != names.npos, name);
    return names.substr(at, names.find('\n', at) - at);
}

// The machine ends for an extension changed by COMMAND, and signed, with WORDS.
void expect_refusal(const std::string& command, const std::string& words) {
    const Disk disk;
    disk.change(command);
    disk.change("\"" SPIN_CC "\" --sign spin/wired.o");
    const Answer answer = disk.boot();
    CAPTURE(command + ": " + answer.output);
    CHECK(answer.status == machine_exit::CANNOT_LOAD);
    CHECK(answer.output.find(words) != std::string::npos);
    CHECK(answer.output.find("cannot start program 'hello': lib/spin/wired.o: ") !=
          std::string::npos);
    CHECK(answer.output.find("panic") == std::string::npos);
}

} // namespace

TEST_CASE("an untouched copy boots") {
    const Answer answer = Disk().boot();
    CHECK(answer.status == 0);
}

TEST_CASE("no object, or none that could be one") {
    expect_refusal("mv spin/wired.o other && touch spin/wired.o",
                   "not a relocatable RISC-V object");
    expect_refusal("echo text >spin/wired.o", "not a relocatable RISC-V object");
    expect_refusal("cp spin/library spin/wired.o", "not a relocatable RISC-V object");
    expect_refusal("cp spin/wired.o all && head -c 3000 all >spin/wired.o", "malformed");
}

TEST_CASE("an import that is not exported, though the kernel has it") {
    expect_refusal(OBJCOPY " --redefine-sym " + full_name("phys_addr_allocate") +
                       "=kernel_main spin/wired.o",
                   "imports a name that nobody exports: kernel_main");
}

TEST_CASE("another version of the interface") {
    const std::string other = "phys_addr_allocate.0123456789abcdef";
    expect_refusal(OBJCOPY " --redefine-sym " + full_name("phys_addr_allocate") + "=" + other +
                       " spin/wired.o",
                   "imports a name that means something else here: it was compiled against another "
                   "interface: " +
                       other);
}

TEST_CASE("no start, or one of another type") {
    for (const std::string other : {"elsewhere", "extension_start.0123456789abcdef"})
        expect_refusal(OBJCOPY " --redefine-sym " + full_name("extension_start") + "=" + other +
                           " spin/wired.o",
                       "an extension exports this name, this one does not: extension_start");
}

TEST_CASE("a name of the kernel's") {
    expect_refusal(OBJCOPY " --redefine-sym _ZSt9terminatev=strand_exit spin/wired.o",
                   "defines a name that is the kernel's: strand_exit");
}

TEST_CASE("constructors") {
    expect_refusal("echo 12345678 >words && " OBJCOPY " --add-section .init_array=words "
                   "--set-section-flags .init_array=alloc,load,data spin/wired.o",
                   "a section that an extension may not have: .init_array");
}
