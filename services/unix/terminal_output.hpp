// The terminal's screen: bytes out, and new lines as the far end needs them.
// SPDX-License-Identifier: MIT
//
// Third part of services/unix/terminal.hpp, which includes it.
#pragma once

#include "services/unix/terminal.hpp"

#include <algorithm>

namespace unix {

template <Sink S>
void Terminal::put_text(std::string_view text, S& sink) {
    if (new_line_ == NewLine::as_it_is) {
        sink.put(text);
        return;
    }
    while (!text.empty()) {
        const std::size_t line = std::min(text.find('\n'), text.size());
        sink.put(text.substr(0, line));
        if (line == text.size())
            return;
        sink.put(std::string_view("\r\n"));
        text = text.substr(line + 1);
    }
}

// In pieces that fit the stack: a program's bytes become text here.
template <io::Source S, Sink Screen>
Result<std::uint64_t> Terminal::write(std::uint64_t count, S& source, Screen& screen) {
    std::array<std::byte, 128> bytes{};
    std::array<char, 128> text{};
    std::uint64_t done = 0;
    while (done < count) {
        const std::uint64_t size = std::min<std::uint64_t>(count - done, bytes.size());
        const Result<void> got = source.get(std::span(bytes).first(size));
        if (!got && done == 0)
            return std::unexpected(got.error());
        if (!got)
            return done;
        for (std::size_t i = 0; i < size; ++i)
            text[i] = static_cast<char>(std::to_integer<unsigned char>(bytes[i]));
        put_text(std::string_view(text).substr(0, size), screen);
        done += size;
    }
    return done;
}

} // namespace unix
