// A program of the reader's own, compiled like the tree's programs and put beside them.
// SPDX-License-Identifier: MIT
//
// For compare, run and debug with a FILE.cpp: compiled by the guest build's own script, then added
// to a copy of the disk.
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

Program compile_own_program(const Manifest& manifest, const std::filesystem::path& source,
                            const std::filesystem::path& scratch);
// As /bin/NAME; what bore that name there is replaced.
void put_on_disk(const Program& program, const std::filesystem::path& disk);
// Both, on a copy of DISK whose writes are dropped.
OwnProgram build_own_program(const Manifest& manifest, const std::filesystem::path& source,
                             const std::filesystem::path& scratch,
                             const std::filesystem::path& disk);
// Where program and disk may stay for a command line that is only printed.
std::filesystem::path folder_that_stays(const Manifest& manifest);

} // namespace faultline
