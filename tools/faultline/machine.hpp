// The one machine that every kernel runs on, as a QEMU command line.
// SPDX-License-Identifier: MIT
//
// compare, run and debug start from the same line and add only what they are about: the probe, the
// terminal, the debugger.
#pragma once

#include "disk.hpp"
#include "failure.hpp"
#include "manifest.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace faultline {

enum class Timer { sbi, sstc };

struct MachineChoice {
    static constexpr std::uint64_t LEAST_MEMORY = 8;      // MiB: firmware, kernel, a few programs
    static constexpr std::uint64_t MOST_MEMORY = 1 << 24; // MiB: above it QEMU's board has no room

    Timer timer = Timer::sbi;
    std::uint64_t memory = 128;                      // MiB
    std::optional<std::filesystem::path> firmware{}; // another OpenSBI
    std::string boot{};                              // more words for the kernel's command line
};

// QEMU as found on this machine; FAULTLINE_QEMU may name another. Throws a `missing` Failure.
std::filesystem::path find_qemu();
// After a run: what FAULTLINE_QEMU names must have been one. Else its exit code says nothing.
void require_qemu();

const std::filesystem::path& kernel_file(const Kernel& kernel, Timer timer);

std::vector<std::string> machine_command(const Kernel& kernel, const MachineChoice& choice,
                                         const Disk& disk, const std::string& boot_line);

// Instructions are time: every figure is then the same on every run.
std::vector<std::string> exact_time(const Kernel& kernel);

// The kernel's command line: the program, what it needs there, its arguments (percent-encoded, so
// that each is one word).
std::string boot_line(const Program& program, const std::vector<std::string>& arguments = {});

// Says on standard error that this kernel hands no arguments to a program, where there are some.
void warn_of_lost_arguments(const Kernel& kernel, const std::vector<std::string>& arguments);

// A value inside a comma-separated QEMU option.
std::string option_value(const std::filesystem::path& path);

// What QEMU's own exit code says about the run, in words ("hello ended with exit status 3").
std::string exit_meaning(const std::string& program, int status);
// What to do about it; empty for a program's own exit status.
std::string exit_advice(int status);
constexpr int PROBE_LIMIT = 124;  // the probe ended the run at its instruction limit
constexpr int PROBE_FAILED = 125; // the probe could not write its result

// Why QEMU itself did not start, from what it wrote; nothing if that is not what happened.
struct StartProblem {
    bool no_plugins = false;
    std::string words;
};
std::optional<StartProblem> start_problem(int status, const std::string& errors);
// In QEMU's words, with what to do about it; WHAT stands behind "QEMU refused to start".
Failure start_failure(const StartProblem& problem, const std::string& what = "");

// Would a RAM disk of so many bytes meet the device tree in a machine of so many MiB?
bool has_room_for_ram_disk(std::uint64_t memory, std::uint64_t bytes);

} // namespace faultline
