// The programs of the corpus (tests/safe-check/corpus/), and how they are checked.
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace corpus {

std::string text_of(const std::filesystem::path& file);

// Those in FOLDER, `safe` or `unsafe`, by name.
std::vector<std::filesystem::path> programs(const std::string& folder);

// How an extension is compiled, for the checker.
const std::vector<std::string>& flags();

} // namespace corpus
