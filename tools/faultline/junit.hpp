// Counts out of the JUnit file that CTest writes.
// SPDX-License-Identifier: MIT
//
// Used by test.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace faultline {

struct SkippedTest {
    std::string test;
    std::string reason; // the last line that it printed
};

struct TestCounts {
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::vector<SkippedTest> skipped{}; // by their own word, or disabled
};

TestCounts count_tests(std::string_view junit);

} // namespace faultline
