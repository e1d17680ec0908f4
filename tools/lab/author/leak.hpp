// Does a kit hold what its student is to write?
// SPDX-License-Identifier: MIT
//
// Compared by tokens, so that other names of lines, other layout and comments in between hide
// nothing. Used by `lab validate` and by the tests.
#pragma once

#include "description.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

// Names, numbers, pairs such as :: and ->, and single other characters; of code or of prose.
std::vector<std::string> tokens_of(std::string_view text);
// TEXT without the comments of C++ and of assembly (# at a line's begin).
std::string without_comments(std::string_view text);

struct Leak {
    std::filesystem::path file; // of the kit
    std::string hole;           // whose code it has a part of
    std::size_t tokens;         // how many, one behind the other
    std::string text;           // those, with blanks between
};

// Shorter runs are the language's and the tree's way to speak, not the solution's: `if (entry ==
// nullptr || !entry->is_valid()) return std::unexpected(Error::not_mapped);` are 23.
constexpr std::size_t TELLING_TOKENS = 25;

// What the files of KIT have of the code that LAB's markers in TREE cut out: the longest run of
// each hole in each file, where it is TELLING_TOKENS long or, if that is less, two thirds of the
// hole, and eight at least. Holes that the lab
// calls no secret are left out.
std::vector<Leak> leaks(const Description& lab, const std::filesystem::path& tree,
                        const std::filesystem::path& kit);

} // namespace lab
