// A session of `debug` that is told beforehand what to do, for the tests.
// SPDX-License-Identifier: MIT
//
// Shared by debug_test.cpp and what else asks a real GDB.
#include "debugger.hpp"

#include <doctest/doctest.h>

using namespace faultline;

Captured debug(const DebugSession& session) {
    std::vector<std::string> words = {"debug", session.kernel, session.program};
    words.insert(words.end(), session.options.begin(), session.options.end());
    for (const auto& command : session.commands)
        words.insert(words.end(), {"--gdb-command", command});
    return call({words, {}});
}

void check_whole(const std::vector<std::string>& lines) {
    std::string last;
    for (const auto& line : lines) {
        for (const char* words : {"Backtrace stopped", "corrupt", "previous frame", "?? ()",
                                  "Cannot access", "did not save"})
            CHECK_MESSAGE(line.find(words) == std::string::npos, line);
        if (line.starts_with("#"))
            last = line;
    }
    const bool is_start = last.find(" library_start ()") != std::string::npos ||
                          last.find(" pager_start ()") != std::string::npos;
    CHECK_MESSAGE(is_start, last);
}
