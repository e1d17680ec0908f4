// The programs of the tests, and how they are checked.
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace corpus {

std::string text_of(const std::filesystem::path& file);

// Those in FOLDER, below tests/safe-check/, by name: refused, accepted, corpus/safe, corpus/unsafe.
std::vector<std::filesystem::path> programs(const std::string& folder);

// How an extension is compiled, for the checker.
const std::vector<std::string>& flags();

} // namespace corpus
