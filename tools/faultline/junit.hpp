// Counts out of the JUnit file that CTest writes.
// SPDX-License-Identifier: MIT
//
// Used by test.cpp.
#pragma once

#include <cstddef>
#include <string_view>

namespace faultline {

struct TestCounts {
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::size_t skipped = 0; // skipped or disabled
};

TestCounts count_tests(std::string_view junit);

} // namespace faultline
