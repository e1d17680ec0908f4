// `./faultline lab start`: a kit for a student, as a git repository.
// SPDX-License-Identifier: MIT
#pragma once

#include "failure.hpp"

#include <filesystem>
#include <string>

namespace lab {

struct StartOptions {
    std::string lab{};
    std::string out{};
    std::string student{}; // empty: the variant that everybody shares
};
faultline::Exit start(const StartOptions& options);

// What `git describe` says of the tree; "unknown" where there is no git.
std::string version_of(const std::filesystem::path& tree);
// Throws a usage Failure for what cannot stand in files' names and in tables.
void check_student(const std::string& student);

} // namespace lab
