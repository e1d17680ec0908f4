// Patterns of grep: ^ and $ tie to the line's ends, . is any character, x* any number of x.
// SPDX-License-Identifier: MIT
//
// A backslash makes the character behind it an ordinary one. Matching tries the longest run of a
// starred character first, and recurs once for each star of the pattern.
#pragma once

#include <cstddef>
#include <string_view>

namespace tools {

class Pattern {
public:
    explicit constexpr Pattern(std::string_view pattern)
        : tied_(pattern.starts_with('^')), pattern_(pattern.substr(tied_ ? 1 : 0)) {}

    // Whether any part of LINE matches.
    constexpr bool matches(std::string_view line) const {
        for (std::size_t start = 0; start <= line.size(); ++start)
            if (tied_ ? matches_at(pattern_, line) : matches_at(pattern_, line.substr(start)))
                return true;
            else if (tied_)
                break;
        return false;
    }

private:
    // One element of a pattern: how long it is there, and what it stands for.
    struct Element {
        std::size_t length;
        bool any;
        char byte;
        constexpr bool fits(char other) const { return any || other == byte; }
    };
    static constexpr Element first_of(std::string_view pattern) {
        if (pattern[0] == '\\' && pattern.size() > 1)
            return {2, false, pattern[1]};
        return {1, pattern[0] == '.', pattern[0]};
    }

    // Whether LINE begins with what PATTERN describes.
    static constexpr bool matches_at(std::string_view pattern, std::string_view line) {
        while (!pattern.empty()) {
            if (pattern == "$")
                return line.empty();
            const Element element = first_of(pattern);
            pattern.remove_prefix(element.length);
            if (pattern.starts_with('*'))
                return matches_run(element, pattern.substr(1), line);
            if (line.empty() || !element.fits(line[0]))
                return false;
            line.remove_prefix(1);
        }
        return true;
    }

    static constexpr bool matches_run(Element element, std::string_view rest,
                                      std::string_view line) {
        std::size_t run = 0;
        while (run < line.size() && element.fits(line[run]))
            ++run;
        for (std::size_t count = run + 1; count-- != 0;)
            if (matches_at(rest, line.substr(count)))
                return true;
        return false;
    }

    bool tied_;
    std::string_view pattern_;
};

static_assert(Pattern("b*c").matches("abbbc") && Pattern("^a.c$").matches("abc"));
static_assert(!Pattern("^b").matches("ab") && !Pattern("a$").matches("ab"));
static_assert(Pattern("").matches("") && Pattern("x*").matches("") && !Pattern("x").matches(""));
static_assert(Pattern("a\\.b").matches("a.b") && !Pattern("a\\.b").matches("axb"));

} // namespace tools
