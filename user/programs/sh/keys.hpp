// From the bytes that a terminal sends to keys.
// SPDX-License-Identifier: MIT
//
// Arrows and their neighbours arrive as several bytes (ECMA-48, control sequences: ESC [ numbers
// letter; some terminals say ESC O letter). Before: the console, byte by byte. Next: LineEditor.
#pragma once

#include <cstdint>
#include <optional>

namespace sh {

enum class Key : std::uint8_t {
    character, // any printable one; also the bytes of UTF-8
    enter,
    tab,
    left,
    right,
    up,
    down,
    home,
    end,
    erase_before, // backspace
    erase_at,     // delete; Ctrl-D on a line that is not empty
    erase_line,   // Ctrl-U: what is before the cursor
    erase_rest,   // Ctrl-K
    erase_word,   // Ctrl-W
    clear_screen, // Ctrl-L
    interrupt,    // Ctrl-C
    end_of_input, // Ctrl-D
    unknown,
};

class KeyDecoder {
public:
    // The key that BYTE completes, if it does.
    std::optional<Key> feed(char byte) {
        switch (state_) {
        case State::plain:
            return plain(byte);
        case State::escape:
            state_ = byte == '[' || byte == 'O' ? State::sequence : State::plain;
            number_ = 0;
            return state_ == State::sequence ? std::nullopt : std::optional(Key::unknown);
        case State::sequence:
            return sequence(byte);
        }
        return std::nullopt;
    }

private:
    enum class State : std::uint8_t { plain, escape, sequence };

    std::optional<Key> plain(char byte) {
        constexpr char ESCAPE = 0x1b;
        if (byte == ESCAPE) {
            state_ = State::escape;
            return std::nullopt;
        }
        const auto code = static_cast<unsigned char>(byte);
        return code < ' ' || code == DELETE ? control(code) : Key::character;
    }

    static constexpr unsigned char DELETE = 0x7f;

    static Key control(unsigned char code) {
        switch (code) {
        case '\r':
        case '\n':
            return Key::enter;
        case '\t':
            return Key::tab;
        case '\b':
        case DELETE:
            return Key::erase_before;
        case 'A' - '@':
            return Key::home;
        case 'B' - '@':
            return Key::left;
        case 'C' - '@':
            return Key::interrupt;
        case 'D' - '@':
            return Key::end_of_input;
        case 'E' - '@':
            return Key::end;
        case 'F' - '@':
            return Key::right;
        case 'K' - '@':
            return Key::erase_rest;
        case 'L' - '@':
            return Key::clear_screen;
        case 'N' - '@':
            return Key::down;
        case 'P' - '@':
            return Key::up;
        case 'U' - '@':
            return Key::erase_line;
        case 'W' - '@':
            return Key::erase_word;
        default:
            return Key::unknown;
        }
    }

    std::optional<Key> sequence(char byte) {
        if (byte >= '0' && byte <= '?') { // a parameter
            const bool digit = byte <= '9';
            number_ = digit ? (number_ * 10U + static_cast<unsigned>(byte - '0')) % 1000 : number_;
            return std::nullopt;
        }
        state_ = State::plain;
        switch (byte) {
        case 'A':
            return Key::up;
        case 'B':
            return Key::down;
        case 'C':
            return Key::right;
        case 'D':
            return Key::left;
        case 'H':
            return Key::home;
        case 'F':
            return Key::end;
        case '~':
            return by_number();
        default:
            return Key::unknown;
        }
    }

    Key by_number() const {
        switch (number_) {
        case 1:
        case 7:
            return Key::home;
        case 4:
        case 8:
            return Key::end;
        case 3:
            return Key::erase_at;
        default:
            return Key::unknown;
        }
    }

    State state_ = State::plain;
    unsigned number_ = 0;
};

} // namespace sh
