// What GDB is told: symbols of every image that can run, the source folder, the first stop.
// SPDX-License-Identifier: MIT
//
// Used by debug.cpp. What is said at the stop is tools/gdb/faultline/stop.py's, which looks at the
// machine.
#pragma once

#include "probe_config.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace faultline {

// Where the program is stopped first.
enum class FirstStop {
    label, // at its label scenario_fault
    start, // at its first instruction
    fault, // at the first page fault of a load or store that it takes
};

struct Session {
    std::string kernel;
    std::string program;
    std::string build;
    std::vector<PlacedImage> images;   // the kernel first, the program last
    std::vector<PlacedImage> others{}; // programs that this one may run
    std::filesystem::path source;
    std::filesystem::path socket;
    std::filesystem::path keyboard{}; // what is written there, the guest reads; empty: nothing
    FirstStop stop = FirstStop::label;
};

// The label if there is one; else WITHOUT.
FirstStop first_stop(const Symbols& program, FirstStop without);

// The commands that connect and run to the first stop, as one would type them.
std::vector<std::string> connect_commands(const Session& session);
// The same as a script.
std::string start_script(const Session& session);

} // namespace faultline
