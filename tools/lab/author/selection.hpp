// Which of the tree's files a kit holds.
// SPDX-License-Identifier: MIT
//
// What every kit has stands in kit.json beside this file; a lab adds and takes away (lab.json).
// Only what the tree tracks is ever taken. Next: cut.hpp.
#pragma once

#include "description.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

// In GLOB, * is anything without a slash, ** anything, ? one character but a slash.
bool fits(std::string_view glob, std::string_view path);

// The files of TREE from its top, in order: those that git tracks and that are there; where there
// is no git, all but what a build or an editor leaves behind.
std::vector<std::filesystem::path> tree_files(const std::filesystem::path& tree);

// Those of FILES that a kit of LAB holds. Throws a Failure for a glob that fits none of them.
std::vector<std::filesystem::path> select(const Description& lab,
                                          const std::vector<std::filesystem::path>& files);

// Packages (the first name of a line of packages.txt) that a kit of LAB does not need.
std::vector<std::string> packages_not_of(const Description& lab);
// Commands of `./faultline` that no kit has.
std::vector<std::string> commands_of_the_tree();

} // namespace lab
