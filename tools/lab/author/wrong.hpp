// Solutions that are wrong as students' are, and what each must lose.
// SPDX-License-Identifier: MIT
//
// tests/labs/NN-name/wrong/*.json, never in a kit. Next: validate.cpp holds the judge to them.
#pragma once

#include "description.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

struct Edit {
    std::filesystem::path file; // from the top
    std::string find;           // stands in it once
    std::string replace;
};

struct WrongSolution {
    std::string name;  // its file's
    std::string about; // what the student thought
    std::vector<Edit> edits;
    std::map<std::string, unsigned> loses; // points by task; all other tasks are full
    std::string says;                      // words of a message of a task that is lost
};

// Throws a Failure that names the file and what is wrong with it.
WrongSolution parse_wrong(std::string_view json, const std::string& name, const Description& lab);
std::vector<std::string> wrong_names(const Description& lab, const std::filesystem::path& tree);
WrongSolution read_wrong(const Description& lab, const std::filesystem::path& tree,
                         const std::string& name);
// All of a lab's, in the order of their names.
std::vector<WrongSolution> wrong_solutions(const Description& lab,
                                           const std::filesystem::path& tree);

// TEXT with the edits of FILE. Throws a Failure when what is to be found is not there once.
std::string edited(std::string text, const std::filesystem::path& file, const WrongSolution& wrong);
// Makes of the solution in FOLDER the wrong one.
void make_wrong(const std::filesystem::path& folder, const WrongSolution& wrong);

} // namespace lab
