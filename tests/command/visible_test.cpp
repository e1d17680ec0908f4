// What a guest or a compiler wrote, as reports show it.
// SPDX-License-Identifier: MIT
//
// No control character may come through, wherever it stands, and nothing may be long.
#include "observation.hpp"
#include "text.hpp"
#include "visible.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace faultline;

static bool is_plain(const std::string& text) {
    return std::ranges::none_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n') || byte == 0x7f;
    });
}

TEST_CASE("control characters and what is no UTF-8 are made visible") {
    CHECK(visible("plain, <&>\\ and Umlaut \xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80\n") ==
          "plain, <&>\\ and Umlaut \xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80\n");
    CHECK(visible("\x1b]0;owned\x07\x1b[2J") == "\\x1b]0;owned\\x07\\x1b[2J");
    CHECK(visible("a\rb\tc\b\x7f") == "a\\rb\\tc\\x08\\x7f");
    CHECK(visible(std::string_view("\0", 1)) == "\\x00");
    CHECK(visible("\x9b"
                  "5m") == "\\x9b5m"); // a control of one byte
    CHECK(visible("\xc2\x9b"
                  "5m") == "\\u009b5m"); // the same in UTF-8
    CHECK(visible("\xe2\x80\xae"
                  "txt") == "\\u202etxt"); // writes from right to left
    CHECK(visible("\xc0\x9b\xe0\x82\x9b") == "\\xc0\\x9b\\xe0\\x82\\x9b"); // not the shortest form
    CHECK(visible("\xed\xa0\x80\xf4\x90\x80\x80") == "\\xed\\xa0\\x80\\xf4\\x90\\x80\\x80");
    CHECK(visible("cut \xe2\x82") == "cut \\xe2\\x82");
}

TEST_CASE("every byte, and every pair of them, comes out plain") {
    for (int first = 0; first < 256; ++first)
        for (int second = 0; second < 256; ++second) {
            const std::string pair{static_cast<char>(first), static_cast<char>(second)};
            CAPTURE(first);
            CAPTURE(second);
            const auto shown = visible(pair);
            CHECK(is_plain(shown));
            CHECK(visible(shown) == shown);
        }
}

TEST_CASE("the last lines are few, short and visible, of whatever size the text is") {
    CHECK(last_lines("one\n\ntwo\r\nthree", 2) == "    two\n    three\n");
    CHECK(last_lines("", 3).empty());
    CHECK(last_lines("\n\n\n", 3).empty());
    const std::string endless(9'000'000, 'x');
    const auto cut = last_lines(endless, 6);
    CHECK(cut.size() < 600);
    CHECK(cut.find("[... 8,999,680 bytes ...]") != std::string::npos);
    for (const std::size_t width : {40, 60, 80})
        for (const auto& line : lines_of(last_lines(endless + "\n\x1b[8mhidden", 2, width)))
            CHECK((line.size() <= width && line.starts_with("    ")));
    const std::string wide = last_lines(std::string(100'000, '\x1b'), 1);
    CHECK(wide.size() < 4000);
    CHECK(is_plain(wide));
}

TEST_CASE("of a compiler's messages the first are shown, and how much was cut") {
    CHECK(first_messages("a.cpp:1: error: \x1b[31mred\n") == "a.cpp:1: error: \\x1b[31mred\n");
    std::string many;
    for (int i = 0; i < 100'000; ++i)
        many += "message " + std::to_string(i) + "\n";
    const auto shown = first_messages(many);
    CHECK(shown.starts_with("message 0\nmessage 1\n"));
    CHECK(shown.size() < 10'000);
    CHECK(shown.ends_with(" bytes more are not shown]\n"));
    CHECK(first_messages(std::string(50'000, 'y')).size() < 500);
    std::string nested = "In file included from a.cpp:1,\n";
    for (int i = 0; i < 200; ++i)
        nested += "                 from a.cpp:1,\n";
    CHECK(first_messages(nested + "a.cpp:1: error: too deep\n") ==
          "In file included from a.cpp:1,\n"
          "                 from a.cpp:1,\n                 from a.cpp:1,\n"
          "                 from a.cpp:1,\n                 from 197 more\n"
          "a.cpp:1: error: too deep\n");
}

// Every way in which a guest's bytes come into the comparison.
TEST_CASE("no report shows a guest's control characters") {
    const std::string hostile = "\x1b]0;owned\x07\x1b[2J\x1b[31mhello\x1b[8m\n\x9b"
                                "5m\r fake\b\b\n";
    Observation seen{.kernel = "micro", .program = "p", .meaning = "p ended with exit status 3"};
    seen.output = hostile;
    Observation other = seen;
    other.kernel = "exo";
    other.output = "\x1b[2J\n";
    for (const bool figures : {false, true}) {
        const Comparison comparison{.scenario = "p",
                                    .build = "release",
                                    .timer = "SBI",
                                    .kernels = {seen, other},
                                    .figures = figures};
        const auto text = comparison_text(comparison);
        CHECK(is_plain(text));
        CHECK(text.find("\x9b") == std::string::npos);
        CHECK(text.find("\\x1b[31mhello\\x1b[8m") != std::string::npos);
        for (const auto& line : lines_of(text))
            CHECK(line.size() <= TEXT_WIDTH);
    }
}
