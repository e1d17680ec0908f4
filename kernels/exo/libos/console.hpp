// What ExOS says to people, beside what programs write.
// SPDX-License-Identifier: MIT
#pragma once

#include "primitives.hpp"

#include <algorithm>
#include <string_view>

// A Sink. The kernel puts bytes out as they are; here a new line starts at the left.
struct Console {
    void put(std::string_view text) {
        while (!text.empty()) {
            const std::size_t line = std::min(text.find('\n'), text.size());
            primitive::write_console(text.substr(0, line));
            if (line == text.size())
                return;
            primitive::write_console("\r\n");
            text.remove_prefix(line + 1);
        }
    }
};
