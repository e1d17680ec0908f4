// The commands, one function each; main.cpp fills their options from the command line.
// SPDX-License-Identifier: MIT
//
// Each returns the exit code of the whole command, or throws (failure.hpp).
#pragma once

#include "failure.hpp"
#include "machine.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace faultline {

struct GuestChoice {
    std::string build = "release";                 // or debug
    std::string timer = "sbi";                     // or sstc
    std::string firmware{};                        // empty: QEMU's own OpenSBI
    std::string folder{};                          // empty: the guest folder of this build
    std::string boot{};                            // more words for the kernel's command line
    std::uint64_t memory = MachineChoice{}.memory; // MiB

    MachineChoice machine() const;
    Manifest manifest() const;
};

struct CompareOptions {
    GuestChoice guest{};
    std::string scenario = "zero-fill"; // or a source file
    std::vector<std::string> kernels{}; // empty: all
    std::string json{};                 // a file, - for standard output, empty for none
    std::uint64_t limit = 300'000'000;
    std::string trace_pages{}; // a file for the program's page references, of one kernel
};
Exit compare(const CompareOptions& options);

struct RunOptions {
    GuestChoice guest{};
    std::string kernel{};
    std::string program{}; // or a source file; empty: a shell
    std::vector<std::string> arguments{};
    std::string disk{}; // a file; empty: the one of this guest build
    bool fresh_disk = false;
    bool drop_writes = false;     // a disk that is thrown away at the end
    bool firmware_banner = false; // show it, on a terminal
    bool print_command = false;
};
Exit run(const RunOptions& options);

struct DebugOptions {
    GuestChoice guest{.build = "debug"};
    std::string kernel{};
    std::string scenario = "zero-fill"; // or a source file
    std::vector<std::string> arguments{};
    bool at_start = false;                   // stop at the first instruction
    std::vector<std::string> gdb_commands{}; // run in order, then GDB ends
    std::string batch{};                     // the same from a file
    bool firmware_banner = false;            // show it, on a terminal
    bool print_command = false;
};
Exit debug(const DebugOptions& options);

struct BenchOptions {
    GuestChoice guest{};
    std::vector<std::string> operations{}; // empty: all
    std::vector<std::string> kernels{};    // empty: all
    std::string json{};                    // as of compare
};
Exit bench(const BenchOptions& options);

struct DoctorOptions {
    std::string firmware{};
};
Exit doctor(const DoctorOptions& options);

// WORDS: --all, --seed N, and arguments of CTest.
Exit test(const std::vector<std::string>& words);

// Those of the build that are named, or all; a usage Failure for others.
std::vector<const Kernel*> chosen_kernels(const Manifest& manifest,
                                          const std::vector<std::string>& names);
// Throws unless the JSON can be written: found out before a minute of work rather than after.
void check_writable(const std::string& json);
// To standard output; throws when that cannot be written.
void print(const std::string& text);

} // namespace faultline
