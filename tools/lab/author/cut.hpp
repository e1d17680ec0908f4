// A lab's kit, cut from the tree.
// SPDX-License-Identifier: MIT
//
// Before: description.hpp, selection.hpp and marker.hpp. Next: start.cpp hands it to a student, and
// the grader builds the same as its pristine tree.
#pragma once

#include "description.hpp"

#include <filesystem>

namespace lab {

enum class Cut {
    starter, // what a student gets: each hole as labs/NN-name/holes has it
    // The same files, with the reference code in them; and in the place of what no code is, such as
    // answers to questions, what lies in tests/labs/NN-name/solution, under the same paths.
    solution,
};

// Writes into OUT, which must be empty or not there. A README of the kit's own replaces the tree's;
// links in documents that would lead to what the kit does not have become plain words.
void cut_tree(const Description& lab, const std::filesystem::path& tree,
              const std::filesystem::path& out, Cut cut);

// The file in LAB's folder that stands for a hole. Throws a Failure when there is not just one.
std::filesystem::path hole_file(const Description& lab, const std::string& hole);

} // namespace lab
