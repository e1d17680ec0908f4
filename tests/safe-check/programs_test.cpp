// Whole extensions: unsafe ones are refused, safe ones pass, but for those on a list.
// SPDX-License-Identifier: MIT
//
// tests/safe-check/corpus/README.md says how they are read. Here are those that the checker is to
// stop; what others stop needs a machine.
#include "check.hpp"
#include "programs.hpp"

#include "../unity/sample.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <regex>
#include <set>

namespace fs = std::filesystem;

using namespace corpus;

namespace {

constexpr std::size_t SAMPLE = 20; // of each folder

std::vector<fs::path> for_the_checker() {
    std::vector<fs::path> all = programs("corpus/unsafe");
    std::erase_if(all, [](const fs::path& file) {
        return text_of(file).find("// gate: checker\n") == std::string::npos;
    });
    return all;
}

// The programs that the document names below its heading "Known holes".
std::set<std::string> known() {
    const std::string document = text_of(fs::path(TOP) / "docs/safe-subset.md");
    const std::string part = document.substr(document.find("## Known holes"));
    const std::regex name("`([a-z-]+)`");
    std::set<std::string> all;
    for (std::sregex_iterator at(part.begin(), part.end(), name), end; at != end; ++at)
        all.insert((*at)[1]);
    return all;
}

// The names of the rules that the checker finds broken in FILE; "front end" where it does not
// parse.
std::set<std::string> broken_in(const fs::path& file) {
    std::set<std::string> rules;
    try {
        for (const safe::Finding& finding :
             safe::check_contained(file.string(), flags(), safe::Folders::of_tree(TOP)))
            rules.insert(safe::text_of(finding.rule).name);
    } catch (const safe::Missing&) {
        rules.insert("front end");
    }
    return rules;
}

// The rule that FILE's head names: the one that the document has for it.
std::optional<std::string> rule_of(const fs::path& file) {
    const std::string text = text_of(file);
    std::smatch found;
    return std::regex_search(text, found, std::regex("\n// rule: ([a-z-]+)\n"))
               ? std::optional<std::string>(found[1])
               : std::nullopt;
}

bool is_known(const fs::path& file) { return known().contains(file.stem()); }

} // namespace

TEST_CASE("unsafe programs are refused, but for the known holes") {
    CHECK(for_the_checker().size() >= 150);
    for (const fs::path& file : sample::of(for_the_checker(), SAMPLE)) {
        CAPTURE(file.filename().string());
        const std::set<std::string> broken = broken_in(file);
        CHECK(broken.empty() == is_known(file));
        const std::optional<std::string> rule = rule_of(file);
        if (rule && !is_known(file) && !broken.contains("front end"))
            CHECK_MESSAGE(broken.contains(*rule), *rule);
    }
}

TEST_CASE("safe programs pass") {
    CHECK(programs("corpus/safe").size() >= 30);
    for (const fs::path& file : sample::of(programs("corpus/safe"), SAMPLE / 2)) {
        CAPTURE(file.filename().string());
        CHECK(broken_in(file).empty());
    }
}

TEST_CASE("what is known stands in the corpus") {
    std::set<std::string> there;
    for (const fs::path& file : programs("corpus/unsafe"))
        there.insert(file.stem());
    for (const std::string& name : known())
        CHECK_MESSAGE(there.contains(name), name);
}
