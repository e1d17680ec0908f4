// Whoever follows the README comes to the lab's questions before their answers.
// SPDX-License-Identifier: MIT
//
// Pages that are read before the lab give nothing away; pages that do are linked behind it.
#include "files.hpp"
#include "giveaways.hpp"

#include "text.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <regex>

using namespace lab00;

namespace {

const std::filesystem::path HANDOUT = "labs/00-watch-the-fault/handout.md";

std::string page(const std::filesystem::path& path) { return faultline::read_file(TOP / path); }

// The pages to which TEXT, which stands in FROM, links, in its order.
std::vector<std::filesystem::path> links(const std::filesystem::path& from,
                                         const std::string& text) {
    static const std::regex LINK(R"(\]\(([^)#:]+\.md)(#[^)]*)?\))");
    std::vector<std::filesystem::path> all;
    for (std::sregex_iterator at(text.begin(), text.end(), LINK), end; at != end; ++at)
        all.push_back((from.parent_path() / (*at)[1].str()).lexically_normal());
    return all;
}

void check_gives_nothing_away(const std::filesystem::path& path) {
    for (const std::string& answer : given_away(page(path)))
        FAIL_CHECK(path.string(), " gives away ", answer);
}

} // namespace

TEST_CASE("what is read before the lab holds none of its answers") {
    for (const char* path : {"README.md", "docs/README.md", "labs/00-watch-the-fault/handout.md",
                             "labs/00-watch-the-fault/answers.txt", "tools/faultline/help.txt",
                             "user/files/README", "user/files/tour.sh"})
        check_gives_nothing_away(path);
}

TEST_CASE("the README and the list of documents lead to the lab first") {
    CHECK(links("README.md", page("README.md")).front() == HANDOUT);
    CHECK(links("docs/README.md", page("docs/README.md")).front() == HANDOUT);
}

TEST_CASE("no page to which the README links holds an answer") {
    for (const auto& linked : links("README.md", page("README.md")))
        check_gives_nothing_away(linked);
}

TEST_CASE("the handout links to answers behind the marking only, and names no solution") {
    const std::string handout = page(HANDOUT);
    const auto marking = handout.find("\n## 7. Mark it\n");
    REQUIRE(marking != handout.npos);
    for (const auto& linked : links(HANDOUT, handout.substr(0, marking)))
        check_gives_nothing_away(linked);
    const auto behind = links(HANDOUT, handout.substr(marking));
    CHECK(std::ranges::count(behind, std::filesystem::path("docs/one-fault.md")) == 1);
    CHECK(handout.find("tests/labs") == handout.npos);
    CHECK(handout.find("solution") == handout.npos);
}

TEST_CASE("answers are found where they stand, and in whatever page they come to stand") {
    CHECK(given_away(page("docs/one-fault.md")).size() > 10);
    for (const std::string words :
         {"Monolithic needs 1,044 of them.", "It has four crossings.", "There is no switch there.",
          "An sret, and one TLB\nflush.", "The pager calls `fault_fill`.",
          "On exo `fault_resume` runs in user mode.", "The share is 65 %.",
          "Fewest first: monolithic, exo, spin, micro.", "The rows `fill` are nearly equal.",
          "In dispatch micro spends most.", "From monolithic to micro install grows most.",
          "Micro needs 321 more."}) {
        CAPTURE(words);
        CHECK_FALSE(given_away(page("README.md") + "\n\n" + words + "\n").empty());
    }
}
