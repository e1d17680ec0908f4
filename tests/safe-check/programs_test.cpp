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
#include <regex>
#include <set>

namespace fs = std::filesystem;

using namespace corpus;

namespace {

constexpr std::size_t SAMPLE = 20; // of each folder

std::vector<fs::path> for_the_checker() {
    std::vector<fs::path> all = programs("unsafe");
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

// Whether the checker lets FILE pass. What does not even parse does not.
bool passes(const fs::path& file) {
    try {
        return safe::check_contained(file.string(), flags(), safe::Folders::of_tree(TOP)).empty();
    } catch (const safe::Missing&) {
        return false;
    }
}

} // namespace

TEST_CASE("unsafe programs are refused, but for the known holes") {
    CHECK(for_the_checker().size() >= 150);
    for (const fs::path& file : sample::of(for_the_checker(), SAMPLE)) {
        CAPTURE(file.filename().string());
        CHECK(passes(file) == known().contains(file.stem()));
    }
}

TEST_CASE("safe programs pass, but for those that are known to be refused") {
    CHECK(programs("safe").size() >= 30);
    for (const fs::path& file : sample::of(programs("safe"), SAMPLE / 2)) {
        CAPTURE(file.filename().string());
        CHECK(passes(file) != known().contains(file.stem()));
    }
}

TEST_CASE("what is known stands in the corpus") {
    std::set<std::string> there;
    for (const std::string folder : {"safe", "unsafe"})
        for (const fs::path& file : programs(folder))
            there.insert(file.stem());
    for (const std::string& name : known())
        CHECK_MESSAGE((there.contains(name) || name == "safe"), name);
}
