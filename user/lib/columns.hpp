// Numbers and texts in columns.
// SPDX-License-Identifier: MIT
#pragma once

#include "user/lib/fixed_text.hpp"

#include "lib/print.hpp"

namespace os {

template <Sink S>
void put_blanks(S& sink, std::size_t count) {
    for (; count != 0; --count)
        sink.put(" ");
}

// TEXT and blanks, WIDTH characters at least.
template <Sink S>
void put_left(S& sink, std::string_view text, std::size_t width) {
    sink.put(text);
    put_blanks(sink, text.size() < width ? width - text.size() : 0);
}

// Blanks and PART (a number or a text), WIDTH characters at least.
template <Sink S, class Part>
void put_right(S& sink, const Part& part, std::size_t width) {
    FixedText<24> text;
    print(text, part);
    put_blanks(sink, text.view().size() < width ? width - text.view().size() : 0);
    sink.put(text.view());
}

} // namespace os
