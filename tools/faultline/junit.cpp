// Counts out of the JUnit file that CTest writes.
// SPDX-License-Identifier: MIT
//
// A test that says that it cannot run here is skipped. One that CTest could not start is "notrun",
// too, and has failed.
//
// Each test is one <testcase ... status="run|fail|notrun|disabled">; what a test printed is
// escaped, so a tag within it cannot be mistaken for one.
#include "junit.hpp"

#include "text.hpp"

#include <array>
#include <utility>

namespace faultline {

// What stands in TEXT between the first FROM and the next TO, or nothing.
static std::string_view between(std::string_view text, std::string_view from, std::string_view to) {
    const auto start = text.find(from);
    if (start == text.npos)
        return {};
    const auto rest = text.substr(start + from.size());
    return rest.substr(0, rest.find(to));
}

static std::string unescaped(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, char>, 5> names{
        {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}}};
    std::string result;
    while (!text.empty()) {
        std::size_t length = 1;
        char byte = text.front();
        for (const auto& [name, character] : names)
            if (text.starts_with(name)) {
                length = name.size();
                byte = character;
            }
        result += byte;
        text.remove_prefix(length);
    }
    return result;
}

// Of one test case, up to the next one.
static SkippedTest skipped_test(std::string_view text) {
    std::string reason = "it says no reason";
    for (const auto& line : lines_of(unescaped(between(text, "<system-out>", "</system-out>"))))
        if (!line.empty())
            reason = line;
    return {unescaped(between(text, " name=\"", "\"")), reason};
}

TestCounts count_tests(std::string_view junit) {
    TestCounts counts;
    const std::string_view tag = "<testcase ";
    auto at = junit.find(tag);
    while (at != junit.npos) {
        const auto next = junit.find(tag, at + tag.size());
        const auto text = junit.substr(at, next == junit.npos ? next : next - at);
        const auto status = between(text.substr(0, text.find('>')), " status=\"", "\"");
        if (status == "run")
            ++counts.passed;
        else if (status == "disabled" ||
                 (status == "notrun" &&
                  between(text, "<skipped message=\"", "\"").starts_with("SKIP_")))
            counts.skipped.push_back(skipped_test(text));
        else
            ++counts.failed;
        at = next;
    }
    return counts;
}

} // namespace faultline
