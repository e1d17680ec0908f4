// Which set of tests is meant, and how long it is said to take.
// SPDX-License-Identifier: MIT
#include "failure.hpp"
#include "test_choice.hpp"

#include <doctest/doctest.h>

using namespace faultline;

TEST_CASE("test: --all and --seed are the command's wherever they stand, the rest is CTest's") {
    const auto plain = parse_test_words({"-R", "fs: random", "-V"});
    CHECK_FALSE(plain.all);
    CHECK(plain.preset() == "default");
    CHECK(plain.ctest == std::vector<std::string>{"-R", "fs: random", "-V"});
    const auto all = parse_test_words({"-L", "machine", "--all", "--seed", "17", "-N"});
    CHECK(all.all);
    CHECK(all.preset() == "all");
    CHECK(all.seed == "17");
    CHECK(all.ctest == std::vector<std::string>{"-L", "machine", "-N"});
    CHECK(parse_test_words({"--seed=4"}).seed == "4");
    for (const char* wrong : {"x", "", "-1", "1234567890"})
        CHECK_THROWS_AS(parse_test_words({"--seed", wrong}), Failure);
    CHECK_THROWS_AS(parse_test_words({"--seed"}), Failure);
}

TEST_CASE("test: it says how long it takes, by the last run here or by another machine's") {
    const TestChoice first;
    CHECK(duration_words(first, 2, std::chrono::seconds(431)) ==
          "about 7 minutes, as the last time here");
    CHECK(duration_words(first, 2, std::chrono::seconds(5)) ==
          "about a minute, as the last time here");
    const auto on_two = duration_words(first, 2, std::nullopt);
    const auto on_four = duration_words(first, 4, std::nullopt);
    CHECK(on_two == "about 8 minutes, by what another machine's two idle cores took (8 minutes); "
                    "this one has 2");
    CHECK(on_four.starts_with("about 4 minutes, "));
}

TEST_CASE("test: the duration of each set is kept by itself") {
    std::string text = with_duration("", "default", std::chrono::seconds(400));
    text = with_duration(text, "all", std::chrono::seconds(1800));
    text = with_duration(text, "default", std::chrono::seconds(300));
    CHECK(duration_in(text, "default") == std::chrono::seconds(300));
    CHECK(duration_in(text, "all") == std::chrono::seconds(1800));
    CHECK(duration_in(text, "al") == std::nullopt);
    CHECK(duration_in("all of it\n", "all") == std::nullopt);
}
