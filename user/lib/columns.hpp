// Numbers and texts in columns.
// SPDX-License-Identifier: MIT
#pragma once

#include "user/lib/fixed_text.hpp"
#include "user/lib/letters.hpp"

#include "lib/print.hpp"

namespace os {

template <Sink S>
void put_blanks(S& sink, std::size_t count) {
    for (; count != 0; --count)
        sink.put(" ");
}

// TEXT and blanks, WIDTH columns at least.
template <Sink S>
void put_left(S& sink, std::string_view text, std::size_t width) {
    sink.put(text);
    put_blanks(sink, columns(text) < width ? width - columns(text) : 0);
}

// Blanks and PART (a number or a text), WIDTH columns at least.
template <Sink S, class Part>
void put_right(S& sink, const Part& part, std::size_t width) {
    FixedText<24> text;
    print(text, part);
    put_blanks(sink, text.view().size() < width ? width - text.view().size() : 0);
    sink.put(text.view());
}

// The names NAME_AT(0) to NAME_AT(COUNT - 1) down columns, as many as fit into WIDTH; one at least.
template <Sink S, class NameAt>
void put_columns(S& sink, std::size_t count, NameAt name_at, std::size_t width) {
    constexpr std::size_t GAP = 2;
    std::size_t widest = 0;
    for (std::size_t i = 0; i < count; ++i)
        widest = std::max(widest, columns(name_at(i)));
    const std::size_t fitting = std::max<std::size_t>((width + GAP) / (widest + GAP), 1);
    const std::size_t rows = (count + fitting - 1) / fitting;
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t i = row; i < count; i += rows)
            put_left(sink, name_at(i), i + rows < count ? widest + GAP : 0);
        sink.put("\n");
    }
}

} // namespace os
