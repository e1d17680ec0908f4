// The corpus: every refused line is refused by the rules that its file names, and nothing else is.
// SPDX-License-Identifier: MIT
//
// The first line of a file in refused/ says what is expected: `// Refused: rule@line,line
// rule@line`.
#include "check.hpp"
#include "programs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>

namespace fs = std::filesystem;

namespace {

using Expected = std::set<std::pair<std::string, unsigned>>; // rule and line

Expected expected_of(const fs::path& file) {
    std::ifstream input(file);
    std::string head;
    std::getline(input, head);
    Expected all;
    const std::regex rule("([a-z-]+)@([0-9,]+)");
    const std::regex line("[0-9]+");
    for (std::sregex_iterator at(head.begin(), head.end(), rule), end; at != end; ++at) {
        const std::string lines = (*at)[2];
        for (std::sregex_iterator n(lines.begin(), lines.end(), line); n != end; ++n)
            all.insert({(*at)[1], static_cast<unsigned>(std::stoul(n->str()))});
    }
    return all;
}

Expected found_in(const fs::path& file) {
    Expected all;
    for (const safe::Finding& finding :
         safe::check_file(file.string(), corpus::flags(), safe::Folders::of_tree(TOP)))
        all.insert({safe::text_of(finding.rule).name, finding.line});
    return all;
}

std::string words(const Expected& all) {
    std::string text;
    for (const auto& [rule, line] : all)
        text += rule + "@" + std::to_string(line) + " ";
    return text;
}

} // namespace

TEST_CASE("each file of refused/ is refused at the lines that it names") {
    for (const fs::path& file : corpus::programs("refused")) {
        CAPTURE(file.filename().string());
        CHECK(words(found_in(file)) == words(expected_of(file)));
    }
}

TEST_CASE("each file of accepted/ is safe") {
    for (const fs::path& file : corpus::programs("accepted")) {
        CAPTURE(file.filename().string());
        CHECK(words(found_in(file)).empty());
    }
}

TEST_CASE("every rule has a line in refused/") {
    std::set<std::string> broken;
    for (const fs::path& file : corpus::programs("refused"))
        for (const auto& [rule, line] : expected_of(file))
            broken.insert(rule);
    for (const safe::RuleText& rule : safe::rules())
        CHECK_MESSAGE(broken.contains(rule.name), rule.name);
}
