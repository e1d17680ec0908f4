// An initial RAM disk of a test's own, with hostile files in place of the usual ones.
// SPDX-License-Identifier: MIT
#pragma once

#include "command.hpp"

#include <filesystem>

// Members are files in a temporary folder, gone at the end.
class RamDisk {
public:
    // With what KERNEL needs beside a program, of guest build BUILD.
    explicit RamDisk(const std::string& kernel, const std::string& build = "release");
    RamDisk(const RamDisk&) = delete;
    RamDisk& operator=(const RamDisk&) = delete;
    ~RamDisk();

    // MEMBER becomes a copy of the build's hostile/FILE (tests/hostile/).
    void put_hostile(const std::string& file, const std::string& member) const;

    // PROGRAM of the build becomes a member of bin/.
    void put_program(const std::string& program) const;

    // Changes a member's bytes.
    std::string read(const std::string& member) const;
    void write(const std::string& member, const std::string& bytes) const;
    // MEMBER is what spin-cc makes of SOURCE, with the checker left out. How it ended.
    Answer compile(const std::string& source, const std::string& member) const;
    // Signs an extension as it is, as if spin-cc had made it so.
    void sign(const std::string& member) const;

    // The machines that boot from here on have so many MiB; at first 128.
    void set_memory(int mebibytes) { memory_ = mebibytes; }

    // The disk of these machines gets OPTIONS of QEMU's -drive, too.
    void set_drive(const std::string& options) { drive_ = "," + options; }

    // Boots the kernel with PROGRAM and other WORDS (SPIN and micro with the personality `wired`,
    // unless they say personality=unix; then the disk is the machine's, too), with time made to
    // follow instructions; the status is the machine's exit code, the output has no carriage
    // returns. A machine that hangs is ended after a while, with 124. KEYS, letters, are typed from
    // the start; the first one may be lost.
    Answer boot(const std::string& program, const std::string& words = "",
                const std::string& keys = "") const;

    // The same with the build's disk as disk, WORDS for the kernel, and this in memory.
    Answer boot_beside_disk(const std::string& words) const;

private:
    std::string packed() const; // the image of all members
    Answer start(const std::string& words, const std::string& disk, const std::string& ram_disk,
                 const std::string& keys) const;

    std::filesystem::path guest_;
    std::filesystem::path folder_;
    std::string kernel_;
    int memory_ = 128;
    std::string drive_; // with a comma in front
};
