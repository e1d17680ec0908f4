// Marks are found and brought up to date, and what has none is named.
// SPDX-License-Identifier: MIT
#include "documents.hpp"
#include "unmarked.hpp"

#include <doctest/doctest.h>

using namespace figures;

namespace {

const Figures KNOWN{.toolchain = {.compiler = "12.2.0", .qemu = "7.2"},
                    .numbers = {{"a.small", 7}, {"a.large", 1234567}},
                    .outputs = {{"./faultline compare", "one\ntwo\n"}}};

} // namespace

TEST_CASE("quotes: keys and commands of a page") {
    const Quotes quotes = quotes_in("5<!-- =a.small --> and 6<!-- =a.large -->\n"
                                    "<!-- =output ./faultline compare | head -n 1 -->\n");
    CHECK(quotes.keys == std::set<std::string>{"a.small", "a.large"});
    CHECK(quotes.commands == std::set<std::string>{"./faultline compare | head -n 1"});
    CHECK(quotes_in("`NUMBER<!-- =KEY -->`, `<!-- =output COMMAND -->`").keys.empty());
}

TEST_CASE("a marked number is replaced, with commas, and nothing beside it") {
    CHECK(updated("| 8 | 5<!-- =a.small --> + 12,345<!-- =a.large -->, 9 |\n", KNOWN) ==
          "| 8 | 7<!-- =a.small --> + 1,234,567<!-- =a.large -->, 9 |\n");
    CHECK(updated("<!-- =a.small -->\n", KNOWN) == "7<!-- =a.small -->\n");
    CHECK(updated("5<!-- =a.other -->\n", KNOWN) == "5<!-- =a.other -->\n");
}

TEST_CASE("a marked block is replaced, whatever its length") {
    const std::string mark = "<!-- =output ./faultline compare -->\n";
    const std::string right = mark + "```\none\ntwo\n```\nbehind\n";
    CHECK(updated(mark + "```\n```\nbehind\n", KNOWN) == right);
    CHECK(updated(mark + "```\na\nb\nc\n```\nbehind\n", KNOWN) == right);
    CHECK(updated(right, KNOWN) == right);
    CHECK(updated(mark + "no block\n", KNOWN) == mark + "no block\n");
}

TEST_CASE("complaints: a figure that moved, an output that changed, a key that is not there") {
    CHECK(complaints("page", "7<!-- =a.small -->\n", KNOWN).empty());
    CHECK(complaints("page", "8<!-- =a.small -->\n", KNOWN).size() == 1);
    CHECK(complaints("page", "8<!-- =a.other -->\n", KNOWN).size() == 1);
    CHECK(
        complaints("page", "<!-- =output ./faultline compare -->\n```\none\n```\n", KNOWN).size() ==
        1);
    CHECK(complaints("page", "<!-- =output ./faultline bench -->\n```\n```\n", KNOWN).size() == 1);
}

TEST_CASE("a measured figure without a mark is named with its line") {
    CHECK(unmarked("first\nIt takes 612 guest instructions.\n") ==
          std::vector<std::string>{"2: ' 612 guest instructions' has no mark"});
    CHECK(unmarked("It takes 1,612\ninstructions, or 3 faults.\n").size() == 2);
    CHECK(unmarked("| what | instructions | bound |\n|---|---|---|\n| a | 97 | 120 |\n").size() ==
          1);
    CHECK(unmarked("It takes 612<!-- =a.small --> instructions.\n").empty());
    CHECK(unmarked("```\n612 instructions\n```\n    612 instructions\n").empty());
    CHECK(unmarked("of instruction 612, seven pages, `fault4`\n").empty());
}
