// A session of `debug` that is told beforehand what to do, for the tests.
// SPDX-License-Identifier: MIT
#pragma once

#include "tool.hpp"

#include <string>
#include <vector>

struct DebugSession {
    std::string kernel;
    std::string program; // or a source file
    std::vector<std::string> commands{};
    std::vector<std::string> options{};
};

faultline::Captured debug(const DebugSession& session);

// Fails unless these lines hold a backtrace that ends where a stack begins: no frame too many, and
// no word of GDB's that it gave up.
void check_whole(const std::vector<std::string>& lines);
