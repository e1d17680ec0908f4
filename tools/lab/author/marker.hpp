// The lines in the reference code that say where a lab has a hole.
// SPDX-License-Identifier: MIT
//
//     // lab 1 task 2: hole find-entry     begins what a student of lab 1 does not get
//     // lab 1 end                         ends it
//
// A line each, in the language's own comment (// or #). What stands between the two is replaced by
// labs/01-*/holes/find-entry.*, which is indented as the first of them is. In the kit of another
// lab, and in a solution, the two lines are left out and the code stays. Holes of one lab lie one
// behind the other; those of two labs may overlap. Next: cut.hpp.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

// Markers stand only in what is compiled; pages may speak of them.
bool may_have_markers(const std::filesystem::path& file);

struct Marker {
    int lab = 0;
    bool begins = false;
    std::string task{}; // of one that begins
    std::string hole{};
    std::string indent{};
};

// Throws a std::runtime_error for a line that means to be a marker and is none.
std::optional<Marker> parse_marker(std::string_view line);

struct Hole {
    std::string name;
    std::string task;
    std::string indent;
    std::size_t first; // the marker lines, from 0: what is cut stands between them
    std::size_t last;
};

// A text's lines, the line feeds with them, so that joining them gives the text again.
std::vector<std::string> whole_lines(std::string_view text);

// The holes of one lab. Throws a Failure that names FILE and line where markers do not match.
std::vector<Hole> holes_of(const std::vector<std::string>& lines, int lab, const std::string& file);

// TEXT without any marker, and with every hole of LAB replaced by what STARTER gives for its name;
// an empty STARTER leaves the reference code in.
using Starter = std::function<std::string(const std::string& hole)>;
std::string cut_text(std::string_view text, int lab, const std::string& file,
                     const Starter& starter);

} // namespace lab
