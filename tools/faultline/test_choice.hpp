// `faultline test`: which of the two sets is meant, with which seed, and how long it takes.
// SPDX-License-Identifier: MIT
//
// Used by test.cpp; pure, so that tests/command can try it by example.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace faultline {

struct TestChoice {
    bool all = false;                 // everything, at full length
    std::string seed{};               // of the samples; empty: one is drawn
    std::vector<std::string> ctest{}; // arguments for CTest

    // CTest's name for the set: a preset of CMakePresets.json.
    std::string preset() const { return all ? "all" : "default"; }
};

// --all and --seed N are ours wherever they stand, everything else is CTest's. Throws a usage
// Failure.
TestChoice parse_test_words(const std::vector<std::string>& words);

// "About 8 minutes, ...": from the last whole run in this build, or else from what was measured on
// the machine that docs/testing.md names, shared out over this machine's cores.
std::string duration_words(const TestChoice& choice, unsigned cores,
                           std::optional<std::chrono::seconds> last);

// Of a file with a line for each set, such as "default 431".
std::optional<std::chrono::seconds> duration_in(const std::string& text, const std::string& set);
std::string with_duration(const std::string& text, const std::string& set,
                          std::chrono::seconds taken);

} // namespace faultline
