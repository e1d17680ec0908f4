// Words KEY=VALUE of a command line, separated by blanks.
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

// The value of KEY in a command line of words KEY=VALUE; empty when it is not there.
constexpr std::string_view argument(std::string_view arguments, std::string_view key) {
    while (!arguments.empty()) {
        const auto end = arguments.find(' ');
        const std::string_view word = arguments.substr(0, end);
        if (word.size() > key.size() && word.starts_with(key) && word[key.size()] == '=')
            return word.substr(key.size() + 1);
        if (end == std::string_view::npos)
            break;
        arguments.remove_prefix(end + 1);
    }
    return {};
}
static_assert(argument("quiet program=hello", "program") == "hello");
static_assert(argument("program", "program").empty());
