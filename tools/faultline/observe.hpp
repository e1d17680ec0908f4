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

// What the program wrote: the console without the firmware's banner.
std::string program_output(const std::string& console);

} // namespace faultline
