// What a compiler and its assembler read, by the lists that both write.
// SPDX-License-Identifier: MIT
//
// For student_build.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

// The files behind the colon of a rule for make (-MD of the compiler, --MD of the assembler).
std::vector<std::string> files_of_rule(std::string_view rule);

// Is it of TREE, of the job's own FOLDER, or of the compiler? Names from elsewhere are what a
// student's source has no business with.
bool is_expected(const std::filesystem::path& file, const std::filesystem::path& from,
                 const std::filesystem::path& tree, const std::filesystem::path& folder);

} // namespace lab
