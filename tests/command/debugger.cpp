// A session of `debug` that is told beforehand what to do, for the tests.
// SPDX-License-Identifier: MIT
//
// Shared by debug_test.cpp and what else asks a real GDB.
#include "debugger.hpp"

#include "text.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <regex>

using namespace faultline;

Captured debug(const DebugSession& session) {
    std::vector<std::string> words = {"debug", session.kernel, session.program};
    words.insert(words.end(), session.options.begin(), session.options.end());
    for (const auto& command : session.commands)
        words.insert(words.end(), {"--gdb-command", command});
    return call({words, {}});
}

bool says(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

std::vector<std::string> match(const std::string& text, const std::string& pattern) {
    std::smatch found;
    if (!std::regex_search(text, found, std::regex(pattern)))
        return {};
    return {found.begin(), found.end()};
}

std::string unwrapped(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    return text;
}

std::filesystem::path source_file(const std::filesystem::path& folder, const std::string& main,
                                  const std::string& before) {
    auto file = folder / "mine.cpp";
    write_file(file,
               "#include \"user/lib/os.hpp\"\n" + before + "\nint main() {\n" + main + "\n}\n");
    return file;
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
                          last.find(" server_start ()") != std::string::npos;
    CHECK_MESSAGE(is_start, last);
}
