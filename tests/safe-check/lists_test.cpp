// docs/safe-subset.md names every rule and every allowed name.
// SPDX-License-Identifier: MIT
#include "allowed.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

namespace {

std::string document() {
    std::ifstream input(TOP "/docs/safe-subset.md");
    return {std::istreambuf_iterator<char>(input), std::istreambuf_iterator<char>()};
}

bool has(const std::string& text, const std::string& word) {
    return text.find("`" + word + "`") != std::string::npos;
}

} // namespace

TEST_CASE("rules stand in the order of their enumeration") {
    for (std::size_t i = 0; i < safe::rules().size(); ++i)
        CHECK(static_cast<std::size_t>(safe::rules()[i].rule) == i);
    CHECK(safe::rules().back().rule == safe::Rule::unknown);
}

TEST_CASE("the document names every rule and every allowed name") {
    const std::string text = document();
    for (const safe::RuleText& rule : safe::rules())
        CHECK_MESSAGE(has(text, rule.name), rule.name);
    for (const auto* list : {&safe::allowed_std_headers(), &safe::allowed_std_names(),
                             &safe::allowed_attributes(), &safe::stage_functions()})
        for (const std::string& name : *list)
            CHECK_MESSAGE(has(text, name), name);
}
