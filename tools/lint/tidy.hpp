// Calls clang-tidy, for one file or for a batch of them in one translation unit.
// SPDX-License-Identifier: MIT
//
// Used by look.cpp. What a call costs is mostly the library's headers, which clang-tidy parses and
// walks anew for each translation unit; a batch does that once. The batch is the sources' text, one
// behind the other. clang's analyser, which follows paths, has no part in it: it would see a
// function that another source of the batch calls only as called from there, and takes longer for
// following calls across all of them than a batch spares. It looks at each file by itself.
#pragma once

#include "database.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace lint {

struct Tidy {
    std::string program; // clang-tidy
    std::filesystem::path scratch;
    std::vector<std::string> arguments{}; // for every call
};

// What the cross compiler finds its C++ headers by, as arguments of clang-tidy: clang reads what
// GCC compiles.
std::vector<std::string> cross_arguments(const std::string& compiler);

struct Finding {
    std::filesystem::path file;
    std::size_t line;
    bool stops_compilation; // clang itself refuses this place
};

struct Report {
    bool clean;
    std::string words; // what clang-tidy said, when not clean
    std::vector<Finding> findings{};
};

Report look_at(const Tidy& tidy, const Source& source);
// All of one folder; without the analyser's checks.
Report look_at(const Tidy& tidy, const std::vector<Source>& batch);
// The analyser's checks, as far as the file's configuration has them.
Report follow_paths(const Tidy& tidy, const Source& source);
// Only whether the batch compiles: much cheaper than to look at it.
Report parse(const Tidy& tidy, const std::vector<Source>& batch);

// The text of a batch, line by line that of its sources. An include that an earlier source has is
// left out once: one that its own source has twice is still there twice.
std::string unit_of(const std::vector<std::string>& texts);

std::vector<Finding> findings_in(const std::string& words);

} // namespace lint
