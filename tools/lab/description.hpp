// What a lab is: its tasks and points, what a student hands in, and what a kit of it holds.
// SPDX-License-Identifier: MIT
//
// Read from labs/NN-name/lab.json (docs/teaching.md says what may stand in it). Before: whoever was
// asked for a lab by name. Next: author/cut.hpp makes a kit of it, judge.hpp marks one.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

struct Task {
    std::string id; // "2": what markers and cases call it
    std::string title;
    unsigned points = 0;
};

// What a teacher marks; no machine does.
struct ByHand {
    std::string question;
    std::string rubric;
    unsigned points = 0;
};

struct Description {
    int number = 0;
    std::string name; // "01-sv39", as the folder
    std::string title;
    std::string about; // one sentence
    std::string time;  // that it takes, in words
    std::vector<Task> tasks;
    std::vector<ByHand> by_hand{};
    std::vector<std::filesystem::path> files; // handed in: from the tree's top, each once
    std::vector<std::string> kernels;
    // Globs of files from the tree's top, besides what every kit has (author/selection.hpp).
    std::vector<std::string> with{};
    std::vector<std::string> without{};   // wins over `with` and over what every kit has
    std::vector<std::string> no_secret{}; // holes that only the build makes necessary
    std::filesystem::path folder;         // where it was read

    unsigned points() const; // of all tasks; those by hand are not among them
    const Task* task(std::string_view id) const;
};

// FOLDER holds lab.json. Throws a Failure that names the file and what is wrong with it.
Description read_description(const std::filesystem::path& folder);
Description parse_description(std::string_view json, const std::filesystem::path& folder);

// The folders in TOP/labs that hold a lab.json, in order.
std::vector<std::filesystem::path> lab_folders(const std::filesystem::path& top);

// WORD is a folder's name, its part behind the number, or the number: "01-sv39", "sv39", "1", "01".
// Throws a Failure that names those that there are.
Description find_lab(const std::filesystem::path& top, const std::string& word);

} // namespace lab
