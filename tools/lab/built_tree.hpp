// A tree whose guest is built: the pristine one of a lab, or one with a student's files in it.
// SPDX-License-Identifier: MIT
//
// Made by pristine.cpp and submission.cpp; the judge reads images, symbols and the disk from it.
#pragma once

#include <filesystem>
#include <string>

namespace lab {

struct BuiltTree {
    std::filesystem::path top;   // of the sources
    std::filesystem::path guest; // of the guest's build: holds manifest.json

    std::filesystem::path image(const std::string& name) const { return guest / name; }
};

} // namespace lab
