// Runs kernels under the probe, two at a time, each in a folder of its own.
// SPDX-License-Identifier: MIT
//
// Between compare.cpp, which says what to run, and process.cpp, which starts it.
#pragma once

#include "machine.hpp"
#include "manifest.hpp"
#include "observation.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace faultline {

struct Experiment {
    std::vector<const Kernel*> kernels;
    MachineChoice choice;
    std::filesystem::path probe;
    Disk disk;
    Program program;
    std::uint64_t limit;                 // guest instructions
    std::filesystem::path trace_pages{}; // where the program's page references go; empty: nowhere
};

std::vector<Observation> observe(const Experiment& experiment,
                                 const std::filesystem::path& scratch);

// Bytes that a file of a machine may grow to: a kernel that faults for ever, or a program that
// prints for ever, would fill any disk.
constexpr std::uint64_t FILE_LIMIT = 64 << 20;

// What the program wrote, of the file `console` in the machine's folder. Of a long one the
// beginning and the end are kept, and between them it says so.
std::string console_in(const std::filesystem::path& folder);

// What the program wrote: the console without the firmware's banner.
std::string program_output(const std::string& console);

} // namespace faultline
