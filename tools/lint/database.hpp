// How each source is compiled, and what it includes: read from what CMake and Ninja wrote down.
// SPDX-License-Identifier: MIT
//
// First of this tool's files; look.cpp decides with it what is looked at, and how.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lint {

struct Source {
    std::filesystem::path file;
    std::filesystem::path directory;  // where its compiler runs; empty: no target compiles it
    std::vector<std::string> flags{}; // of the compiler, without input and output
    std::filesystem::path object{};   // the output, relative to the build
};

// The .cpp files below FOLDERS, sorted. One that is compiled several times (a service, once for
// each placement) stands there once, as it is compiled first.
std::vector<Source> sources_below(const std::filesystem::path& build,
                                  const std::vector<std::filesystem::path>& folders);

// One compiler's command as words, as a shell would split it.
std::vector<std::string> words_of(const std::string& command);

// By object: the source and all that it includes, the library's headers too (`ninja -t deps`). An
// object that was not compiled yet is not there.
using Includes = std::map<std::string, std::vector<std::filesystem::path>>;
Includes includes_of(const std::filesystem::path& build);
Includes parse_includes(const std::string& deps, const std::filesystem::path& build);

// Writes a database of SOURCES for clang into FOLDER.
void write_database(const std::filesystem::path& folder, const std::vector<Source>& sources);

} // namespace lint
