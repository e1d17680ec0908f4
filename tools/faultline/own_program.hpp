// A program of the reader's own, compiled like the tree's programs and put beside them.
// SPDX-License-Identifier: MIT
//
// For `compare FILE.cpp`: compiled by the guest build's own script, then added to a copy of the
// disk.
#pragma once

#include "machine.hpp"
#include "manifest.hpp"

#include <filesystem>

namespace faultline {

struct OwnProgram {
    Program program;
    Disk disk;
};

// Does a program's name on the command line mean a source file?
bool is_source_file(std::string_view name);

OwnProgram build_own_program(const Manifest& manifest, const std::filesystem::path& source,
                             const std::filesystem::path& scratch);

} // namespace faultline
