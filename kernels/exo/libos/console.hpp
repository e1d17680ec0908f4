// What ExOS says to people, beside what programs write.
// SPDX-License-Identifier: MIT
#pragma once

#include "primitives.hpp"

#include <array>
#include <string_view>

// A Sink. The kernel puts bytes out as they are; here a new line starts at the left. Each line is
// one primitive, also if it is said in pieces: what is collected goes out with the line's end, when
// there is no more room, or at last.
class Console {
public:
    Console() = default;
    ~Console() { put_out(); }
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    void put(std::string_view text) {
        for (const char character : text) {
            if (character == '\n')
                add('\r');
            add(character);
            if (character == '\n')
                put_out();
        }
    }

private:
    void add(char character) {
        if (count_ == line_.size())
            put_out();
        line_[count_++] = character;
    }
    void put_out() {
        primitive::write_console({line_.data(), count_});
        count_ = 0;
    }

    std::array<char, 256> line_{};
    std::size_t count_ = 0;
};
