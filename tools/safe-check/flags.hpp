// Compile flags as clang understands them, from what GCC is called with.
// SPDX-License-Identifier: MIT
#pragma once

#include "failure.hpp"

#include <string>
#include <vector>

namespace safe {

// Clang's flags for code that COMPILER (a path or name of a GCC, cross or not) compiles: its target
// and its C++ headers. Throws Missing when it cannot be asked.
std::vector<std::string> flags_for_compiler(const std::string& compiler);

// Clang's flags out of a compile command: include paths, macros, language. The rest decides about
// code, not about what the source says.
std::vector<std::string> flags_of_command(const std::vector<std::string>& command,
                                          const std::string& directory);

struct Command {
    std::string directory;
    std::vector<std::string> words;
};
// How BUILD's compile_commands.json compiles SOURCE, a command for each placement. Throws Missing
// when there is no such file.
std::vector<Command> commands_of(const std::string& build, const std::string& source);

// All command lines for SOURCE in BUILD's compile_commands.json, a placement each. Throws Missing
// when there is none.
std::vector<std::vector<std::string>> flags_from_build(const std::string& build,
                                                       const std::string& source);

} // namespace safe
