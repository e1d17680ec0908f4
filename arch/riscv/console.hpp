// The kernel's console: print sinks over the serial line, or the firmware where there is none.
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

// What a kernel says to people: a new line starts at the left, as the firmware's console does it.
struct Console {
    void put(std::string_view text);
};

// Every byte as it is: for whoever edits lines itself (the terminal of services/unix). Where there
// is no serial line the firmware puts a carriage return before each new line all the same.
struct RawConsole {
    void put(std::string_view text);
};
