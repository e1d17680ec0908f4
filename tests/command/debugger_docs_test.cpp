// The sessions of docs/debugging.md go as they are shown there.
// SPDX-License-Identifier: MIT
#include "debugged.hpp"

#include "text.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>
#include <regex>
#include <sstream>

using namespace faultline;

namespace {

// Where the tree lies, which numbers another compiler's images have, and in which order it names
// the arguments of what is inline by force, is not meant.
std::string meant(const std::string& text) {
    static const std::regex path("[^ \n]*/((services|kernels|user)/)");
    static const std::regex number("0x[0-9a-f]+|\\b[0-9a-f]*[0-9][0-9a-f]*\\b");
    static const std::regex blanks("[ \t]+");
    static const std::regex column("\\[#\\]|\\[ #\\]");
    std::string result = std::regex_replace(text, path, "$1");
    result = std::regex_replace(result, number, "#");
    result = std::regex_replace(result, blanks, " ");
    result = std::regex_replace(result, column, "[#]");
    static const std::regex inlined("\\(space=#, fault=\\.\\.\\.\\)");
    return std::regex_replace(result, inlined, "(fault=..., space=#)");
}

struct Shown {
    std::string kernel;
    std::string scenario;
    std::vector<std::string> commands{};
    std::vector<std::string> answers{};
};

// The blocks that begin with a call of `debug`.
std::vector<Shown> sessions() {
    std::istringstream page(read_file(Tree::here().top / "docs" / "debugging.md"));
    const std::string call = "$ ./faultline debug ";
    const std::string prompt = "(gdb) ";
    std::vector<Shown> all;
    bool inside = false;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with(call)) {
            std::istringstream words(line.substr(call.size()));
            Shown shown{.kernel = "", .scenario = "zero-fill"};
            words >> shown.kernel;
            if (std::string scenario; words >> scenario)
                shown.scenario = scenario;
            all.push_back(shown);
            inside = true;
        } else if (line == "```") {
            inside = false;
        } else if (inside && line.starts_with(prompt)) {
            all.back().commands.push_back(line.substr(prompt.size()));
            all.back().answers.emplace_back();
        } else if (inside && !all.back().answers.empty()) {
            all.back().answers.back() += line + "\n";
        }
    }
    return all;
}

} // namespace

TEST_CASE("debug: the sessions of docs/debugging.md go as they are shown") {
    const auto all = sessions();
    CHECK(all.size() >= 2);
    for (const Shown& shown : all) {
        CAPTURE(shown.kernel + " " + shown.scenario);
        const Debugged session(shown.kernel, shown.commands, shown.scenario);
        for (std::size_t i = 0; i < shown.commands.size(); ++i) {
            CAPTURE(shown.commands[i]);
            CHECK(meant(session.answer(i)) == meant(shown.answers[i]));
        }
    }
}
