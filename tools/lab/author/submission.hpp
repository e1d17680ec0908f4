// What a student handed in: the files that the lab names, and nothing else of the folder.
// SPDX-License-Identifier: MIT
//
// A folder from a stranger holds whatever it likes. Only plain files are taken, by names that the
// lab gives, without following a link on the way; of each its size and its text are looked at.
// Next: student_build.cpp.
#pragma once

#include "result.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace lab {

constexpr std::uint64_t LARGEST_FILE = 256 << 10; // bytes

struct Submission {
    std::map<std::filesystem::path, std::string> files{}; // by the name that the lab gives
    std::vector<std::filesystem::path> missing{};         // the starter's stand in their place
    std::vector<Finding> refused{};                       // the same, and why
};

// A file may also lie at FOLDER's top under its last name alone, where that is unambiguous: some
// systems of handing in know no folders. Throws a usage Failure when FOLDER is none.
Submission take_submission(const std::filesystem::path& folder,
                           const std::vector<std::filesystem::path>& wanted);

} // namespace lab
