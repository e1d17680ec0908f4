// Machines that run unattended, two at a time, each with a folder of its own.
// SPDX-License-Identifier: MIT
//
// For bench.cpp: no probe watches unless the caller puts one on the line. observe.cpp does the like
// for the runs of a comparison.
#pragma once

#include "process.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace faultline {

struct Job {
    std::string name;                 // of the folder, and for messages
    std::vector<std::string> command; // QEMU's, but for where the console goes
};

struct Finished {
    Ended ended;
    std::string console; // without the firmware's banner
    std::string errors;  // what QEMU itself said
};

// In the order of `jobs`. Throws a Failure when QEMU does not start, or does not end in time.
std::vector<Finished> run_all(const std::vector<Job>& jobs, const std::filesystem::path& scratch);

} // namespace faultline
