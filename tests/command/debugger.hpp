// A session of `debug` that is told beforehand what to do, for the tests.
// SPDX-License-Identifier: MIT
#pragma once

#include "tool.hpp"

#include <filesystem>
#include <string>
#include <vector>

struct DebugSession {
    std::string kernel;
    std::string program; // or a source file
    std::vector<std::string> commands{};
    std::vector<std::string> options{};
};

faultline::Captured debug(const DebugSession& session);

bool says(const std::string& text, const std::string& words);
// The groups of PATTERN where TEXT matches it somewhere; empty where it does not.
std::vector<std::string> match(const std::string& text, const std::string& pattern);
// As one line, however it was wrapped.
std::string unwrapped(std::string text);
// A C++ file in FOLDER with this as the body of its main, and that before it.
std::filesystem::path source_file(const std::filesystem::path& folder, const std::string& main,
                                  const std::string& before = "");

// Fails unless these lines hold a backtrace that ends where a stack begins: no frame too many, and
// no word of GDB's that it gave up.
void check_whole(const std::vector<std::string>& lines);
