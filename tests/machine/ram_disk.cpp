// Collecting the members of a RAM disk, and booting from it.
// SPDX-License-Identifier: MIT
#include "ram_disk.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace fs = std::filesystem;

namespace {

constexpr int WALL_GUARD = 20; // seconds; a boot takes a fraction of one

fs::path temporary_folder() {
    std::string path = (fs::temp_directory_path() / "faultline-disk-XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr)
        throw std::runtime_error("cannot make a folder for the initial RAM disk");
    return path;
}

} // namespace

RamDisk::RamDisk(const std::string& kernel, const std::string& build)
    : guest_(BUILD "/guest-" + build), folder_(temporary_folder()), kernel_(kernel) {
    fs::copy(guest_ / "staged" / kernel, folder_ / kernel, fs::copy_options::recursive);
}

RamDisk::~RamDisk() {
    std::error_code ignored; // a folder that stays is no reason to fail
    fs::remove_all(folder_, ignored);
}

void RamDisk::put_hostile(const std::string& file, const std::string& member) const {
    const fs::path to = folder_ / member;
    fs::create_directories(to.parent_path());
    fs::copy_file(guest_ / "hostile" / file, to, fs::copy_options::overwrite_existing);
}

void RamDisk::put_program(const std::string& program) const {
    fs::create_directories(folder_ / "bin");
    fs::copy_file(guest_ / "staged" / "bin" / program, folder_ / "bin" / program,
                  fs::copy_options::overwrite_existing);
}

std::string RamDisk::read(const std::string& member) const {
    std::ifstream input(folder_ / member, std::ios::binary);
    if (!input)
        throw std::runtime_error("cannot read " + member);
    return {std::istreambuf_iterator<char>(input), {}};
}

void RamDisk::write(const std::string& member, const std::string& bytes) const {
    std::ofstream output(folder_ / member, std::ios::binary | std::ios::trunc);
    output << bytes;
    if (!output.flush())
        throw std::runtime_error("cannot write " + member);
}

Answer RamDisk::compile(const std::string& source, const std::string& member) const {
    return shell(SPIN_CC " -p '" + guest_.string() +
                 "' --unchecked --like '" TOP "/kernels/spin/extensions/pager/pager.cpp' '" +
                 source + "' -o '" + (folder_ / member).string() + "'");
}

void RamDisk::sign(const std::string& member) const {
    const Answer answer = shell(SPIN_CC " --sign '" + (folder_ / member).string() + "'");
    if (answer.status != 0)
        throw std::runtime_error("spin-cc: " + answer.output);
}

std::string RamDisk::packed() const {
    const std::string disk = (folder_ / "disk.img").string();
    std::string packing = "'" MKFS "' " + disk + " --blocks 1024 --swap 64";
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder_))
        if (entry.is_regular_file() && entry.path() != disk) {
            const std::string member = fs::relative(entry.path(), folder_).string();
            packing += " --add " + std::string(member.starts_with("bin/") ? "/" : "/lib/") +
                       member + "=" + entry.path().string();
        }
    const Answer packed = shell(packing);
    if (packed.status != 0)
        throw std::runtime_error("mkfs: " + packed.output);
    return disk;
}

Answer RamDisk::boot(const std::string& program, const std::string& words,
                     const std::string& keys) const {
    const std::string disk = packed();
    // A kernel that drives the disk waits for it in the disk's own time. SPIN's extensions, micro's
    // servers and exo's library OS are in the initial RAM disk all the same.
    const bool is_unix = words.find("personality=unix") != std::string::npos;
    const bool drives = kernel_ == "monolithic" || kernel_ == "exo" || is_unix;
    // Else the program is loaded whole, before it starts.
    const bool has_personalities = kernel_ == "spin" || kernel_ == "micro";
    const std::string personality = has_personalities && !is_unix ? " personality=wired" : "";
    return start("program=" + program + " " + words + personality, drives ? disk : "",
                 kernel_ == "monolithic" ? "" : disk, keys);
}

Answer RamDisk::boot_beside_disk(const std::string& words) const {
    return start(words, (guest_ / "disk.img").string() + ",snapshot=on", packed(), "");
}

Answer RamDisk::start(const std::string& words, const std::string& disk,
                      const std::string& ram_disk, const std::string& keys) const {
    std::string given = disk.empty() ? " -icount shift=0,sleep=off" : " -icount shift=0";
    if (!disk.empty())
        given += " -global virtio-mmio.force-legacy=false -drive file=" + disk +
                 ",if=none,format=raw,id=disk" + drive_ + " -device virtio-blk-device,drive=disk";
    if (!ram_disk.empty())
        given += " -initrd " + ram_disk;
    const std::string machine = QEMU " -M virt -cpu rv64,sstc=off -m " + std::to_string(memory_) +
                                "M -display none -monitor none -serial stdio -no-reboot -append '" +
                                words + "' -kernel '" + (guest_ / (kernel_ + ".elf")).string() +
                                "'" + given;
    const std::string line =
        keys.empty() ? machine : "sh -c \"printf %s " + keys + " | " + machine + "\"";
    Answer answer = shell(line, WALL_GUARD);
    std::erase(answer.output, '\r');
    return answer;
}
