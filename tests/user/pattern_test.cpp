// grep's patterns against a matcher that tries everything.
// SPDX-License-Identifier: MIT
#include "user/programs/tools/pattern.hpp"

#include "user/lib/numbers.hpp"

#include <doctest/doctest.h>

#include <random>
#include <regex>
#include <string>

TEST_CASE("patterns match as the standard library's do") {
    std::mt19937 random(3);
    int matching = 0;
    for (int i = 0; i < 20000; ++i) {
        std::string pattern = random() % 4 == 0 ? "^" : "";
        for (std::size_t n = random() % 5; n != 0; --n) {
            pattern += "ab."[random() % 3];
            if (random() % 3 == 0)
                pattern += "*";
        }
        if (random() % 4 == 0)
            pattern += "$";
        std::string line;
        for (std::size_t n = random() % 7; n != 0; --n)
            line += "abc"[random() % 3];
        const bool expected = std::regex_search(line, std::regex(pattern));
        CAPTURE(pattern);
        CAPTURE(line);
        REQUIRE(tools::Pattern(pattern).matches(line) == expected);
        matching += expected ? 1 : 0;
    }
    CHECK(matching > 2000);
    CHECK(matching < 18000);
}

TEST_CASE("a star alone, and special characters made ordinary") {
    CHECK(tools::Pattern("*").matches("a*b"));
    CHECK_FALSE(tools::Pattern("*").matches("ab"));
    CHECK(tools::Pattern("\\*").matches("a*b"));
    CHECK(tools::Pattern("a\\$").matches("a$b"));
    CHECK(tools::Pattern("a$b").matches("a$b"));
    CHECK(tools::Pattern("x\\").matches("x\\"));
}

TEST_CASE("numbers") {
    CHECK(os::to_number("0") == 0);
    CHECK(os::to_number("0xff") == 255);
    CHECK_FALSE(os::to_number("0x"));
    CHECK_FALSE(os::to_number("-1"));
    CHECK_FALSE(os::to_number("1 "));
}
