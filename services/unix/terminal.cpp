// The terminal's line: what is in it, without keys and screen.
// SPDX-License-Identifier: MIT
#include "services/unix/terminal.hpp"

namespace unix {

std::uint32_t Terminal::line_length(std::uint64_t count) {
    const auto most = static_cast<std::uint32_t>(std::min<std::uint64_t>(count, finished_ - read_));
    if (mode_ == TerminalMode::raw)
        return most;
    for (std::uint32_t length = 0; length < most; ++length) {
        if (at(read_ + length) == END_OF_FILE)
            return length;
        if (at(read_ + length) == NEW_LINE)
            return length + 1;
    }
    return most;
}

bool Terminal::take_end_of_file() {
    if (mode_ == TerminalMode::raw || read_ == finished_ || at(read_) != END_OF_FILE)
        return false;
    ++read_;
    return true;
}

std::uint32_t Terminal::forget_letter() {
    if (typed_ == finished_)
        return 0;
    --typed_;
    while (typed_ != finished_ && continues_letter(at(typed_)))
        --typed_;
    return is_control(at(typed_)) && at(typed_) != TAB ? 2 : 1; // ^X
}

bool Terminal::ends_in_blank() {
    return typed_ != finished_ && (at(typed_ - 1) == std::byte{' '} || at(typed_ - 1) == TAB);
}

} // namespace unix
