// From typed words to arguments: quotes off, $-words filled in.
// SPDX-License-Identifier: MIT
#include "user/programs/sh/expand.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

std::string expanded(std::string_view word) {
    sh::Expansion expansion;
    const auto result = expansion.expand(word, {.status = -3, .process = 42});
    return result ? std::string(*result) : std::string(to_words(result.error()));
}

} // namespace

TEST_CASE("quotes go, what they quote stays") {
    CHECK(expanded("plain") == "plain");
    CHECK(expanded("'a b'c") == "a bc");
    CHECK(expanded("\"a 'b'\"") == "a 'b'");
    CHECK(expanded("'a \"b\"'") == "a \"b\"");
    CHECK(expanded("''") == "");
    CHECK(expanded("a\\ b\\\\") == "a b\\");
    CHECK(expanded("'a\\b'") == "a\\b");
    CHECK(expanded("\"a\\\"b\"") == "a\"b");
}

TEST_CASE("$? and $$ are filled in, unless quoted hard") {
    CHECK(expanded("$?") == "-3");
    CHECK(expanded("a$?b$$") == "a-3b42");
    CHECK(expanded("\"$?\"") == "-3");
    CHECK(expanded("'$?'") == "$?");
    CHECK(expanded("\\$?") == "$?");
    CHECK(expanded("$x$") == "$x$");
}

TEST_CASE("several words lie side by side, and too much is refused") {
    sh::Expansion expansion;
    const auto first = expansion.expand("one", {0, 0});
    const auto second = expansion.expand("two", {0, 0});
    REQUIRE(first);
    REQUIRE(second);
    CHECK(*first == "one");
    CHECK(*second == "two");
    const std::string half(2500, 'x');
    CHECK(expansion.expand(half, {0, 0}));
    CHECK(expansion.expand(half, {0, 0}).error() == Error::too_large);
    expansion.clear();
    CHECK(expansion.expand(half, {0, 0}));
}
