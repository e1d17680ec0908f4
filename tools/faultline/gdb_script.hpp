// What GDB is told: symbols of every image, the source folder, the first stop.
// SPDX-License-Identifier: MIT
//
// Every image has addresses of its own, so all symbols are loaded at once. Used by debug.cpp.
#pragma once

#include "probe_config.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace faultline {

struct Session {
    std::string kernel;
    std::string program;
    std::vector<PlacedImage> images; // the kernel first, the program last
    std::filesystem::path source;
    std::filesystem::path socket;
};

// The commands that connect and stop at the faulting instruction, as one would type them.
std::vector<std::string> connect_commands(const Session& session);
// The same as a script, with words on where one is.
std::string start_script(const Session& session);

} // namespace faultline
