// Tests inside a kernel: doctest's vocabulary, freestanding, reporting in Unity's line format.
// SPDX-License-Identifier: MIT
//
// TEST_CASE("name") { ... CHECK(...); REQUIRE(...); SUBCASE("one") { ... } SUBCASE("other") { ... }
// } A test case is run once for each of its subcases (they do not nest), or once if it has none.
// Registration costs no constructor: each case puts a record into the section test_cases, which
// run_test_cases walks.
#pragma once

#include "lib/print.hpp"

#include <cstdint>
#include <string_view>

struct TestCase {
    std::string_view name;
    std::string_view file;
    unsigned line;
    void (*run)();
};

namespace test {

// Where the run of the present test case stands.
struct Progress {
    unsigned wanted = 0;    // the subcase to enter this time
    unsigned seen = 0;      // subcases met so far this time
    bool failed = false;    // a CHECK failed
    std::string_view why;   // the first expression that failed
    std::string_view where; // its file
    unsigned line = 0;      // and line
};
extern Progress progress;

inline bool enter_subcase(std::string_view /*name*/) { return progress.seen++ == progress.wanted; }

inline bool check(bool holds, std::string_view expression, std::string_view file, unsigned line) {
    if (!holds && !progress.failed) {
        progress.failed = true;
        progress.why = expression;
        progress.where = file;
        progress.line = line;
    }
    return holds;
}

// Runs every test case and returns the number that failed.
unsigned run_test_cases();

} // namespace test

#define TEST_CONCAT_(a, b) a##b
#define TEST_CONCAT(a, b) TEST_CONCAT_(a, b)
#define TEST_CASE(title) TEST_CASE_NAMED(TEST_CONCAT(test_case_, __LINE__), title)
#define TEST_CASE_NAMED(function, title)                                                           \
    static void function();                                                                        \
    [[gnu::section("test_cases"), gnu::used]] static const TestCase TEST_CONCAT(                   \
        function, _record){title, __FILE__, __LINE__, function};                                   \
    static void function()
#define SUBCASE(title) if (test::enter_subcase(title))
#define CHECK(...) test::check(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__, __FILE__, __LINE__)
#define REQUIRE(...)                                                                               \
    if (!CHECK(__VA_ARGS__))                                                                       \
    return
