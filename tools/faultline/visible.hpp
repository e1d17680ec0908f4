// What a guest, a compiler or QEMU wrote, made fit to be shown.
// SPDX-License-Identifier: MIT
//
// Whatever they write goes through here before it stands in a report or a message: no control
// character reaches the reader's terminal, and what is long is cut, in words. Only `run` and
// `debug` hand a guest's bytes to the terminal as they are, for there it is the guest's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace faultline {

// Control characters, bytes that are no UTF-8 and what changes the direction of writing are shown
// as \x1b, \r, \x9b, \u202e; all else is kept, a line feed too.
std::string visible(std::string_view text);

// Where a line of that is cut: what stands in its middle is left out.
constexpr std::size_t LONGEST_LINE = 320; // bytes

// The last COUNT lines that are not empty, indented by four, in lines of at most WIDTH columns.
std::string last_lines(std::string_view text, std::size_t count,
                       std::size_t width = std::string::npos);

// A compiler's messages: the first lines, of which the first matters most, and how much was cut.
std::string first_messages(std::string_view text);

} // namespace faultline
