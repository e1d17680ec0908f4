// What a compiler or a linker said of a student's source, for the student.
// SPDX-License-Identifier: MIT
//
// For student_build.cpp and student_link.cpp.
#pragma once

#include "sandbox.hpp"

#include <filesystem>
#include <string>

namespace lab {

std::string replaced(std::string text, const std::string& from, const std::string& to);

// WHAT, why it ended, and the first of its messages: files named from TOP, none of those in FOLDER.
std::string compiler_message(const std::string& what, const JobEnd& end,
                             const std::filesystem::path& top, const std::filesystem::path& folder);

} // namespace lab
