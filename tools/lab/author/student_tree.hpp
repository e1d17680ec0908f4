// The pristine tree once more, with a student's files in it.
// SPDX-License-Identifier: MIT
//
// For student_build.cpp.
#pragma once

#include "build_plan.hpp"
#include "built_tree.hpp"

#include <filesystem>
#include <string>

namespace lab {

// Sources are copied; of the guest's build folder everything is a link to the pristine one's but
// the folder `layers`, by which sources include each other.
BuiltTree copy_tree(const BuildPlan& pristine, const std::filesystem::path& to);

// A plain file of at most BYTES that a stranger's process left under FROM becomes TO, ours. Returns
// whether there was one.
bool take_file(const std::filesystem::path& from, const std::filesystem::path& to,
               std::uint64_t bytes);

} // namespace lab
