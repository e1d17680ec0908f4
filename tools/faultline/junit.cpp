// Counts out of the JUnit file that CTest writes.
// SPDX-License-Identifier: MIT
//
// Each test is one <testcase ... status="run|fail|notrun|disabled">; what a test printed is
// escaped, so a tag within it cannot be mistaken for one.
#include "junit.hpp"

#include <string>

namespace faultline {

TestCounts count_tests(std::string_view junit) {
    TestCounts counts;
    const std::string_view tag = "<testcase ";
    const std::string_view attribute = " status=\"";
    for (auto at = junit.find(tag); at != junit.npos; at = junit.find(tag, at + tag.size())) {
        const auto text = junit.substr(at, junit.find('>', at) - at);
        const auto start = text.find(attribute);
        const auto status =
            start == text.npos ? std::string_view() : text.substr(start + attribute.size());
        if (status.starts_with("run\""))
            ++counts.passed;
        else if (status.starts_with("notrun\"") || status.starts_with("disabled\""))
            ++counts.skipped;
        else
            ++counts.failed;
    }
    return counts;
}

} // namespace faultline
