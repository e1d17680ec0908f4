// A lab's grader as a file that Gradescope imports: `./faultline lab bundle`.
// SPDX-License-Identifier: MIT
//
// The file holds the tree as it is committed, and the two scripts that Gradescope calls (folder
// gradescope). Its image needs a Debian or Ubuntu with CMake 3.25 and GCC 12 or newer.
#pragma once

#include "failure.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace lab {

struct BundleOptions {
    std::string lab{};
    std::string out{};      // the file to make, .zip
    bool is_shared = false; // all students have the kit without a name
};
// Of the tree at TOP. Throws a Failure where the file exists, or the tree has changes that are not
// committed.
faultline::Exit bundle(const BundleOptions& options, const std::filesystem::path& top);

// Whose submission it is by Gradescope's submission_metadata.json: the e-mail address of its
// owner; of a group the first one by alphabet. FILE is for messages.
std::string student_of_metadata(std::string_view json, const std::filesystem::path& file);

} // namespace lab
