// Where in the tree a stage of a kernel is written: what a student should read next.
// SPDX-License-Identifier: MIT
//
// Used in the words for a wrong answer; a test holds it against the tree.
#pragma once

#include <string>

namespace lab {

struct Place {
    std::string file;   // holds the stage function
    std::string caller; // file or folder that calls it there; empty: the same file
};

Place place_of(const std::string& kernel, const std::string& stage);
// "fault_fill in services/vm/fault.cpp, called from kernels/micro/servers/pager/pager.cpp"
std::string place_in_words(const std::string& kernel, const std::string& stage);

} // namespace lab
