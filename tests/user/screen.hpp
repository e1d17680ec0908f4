// One row of a terminal, as far as the line editor uses it.
// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

struct Screen {
    std::string row;
    std::size_t cursor = 0;
    std::string above; // finished rows
    int bells = 0;

    void put(std::string_view text) {
        for (const char byte : text)
            if (byte == '\x1b' || !sequence.empty())
                control(byte);
            else
                put(byte);
    }

private:
    void put(char byte) {
        switch (byte) {
        case '\r':
            cursor = 0;
            break;
        case '\a':
            ++bells;
            break;
        case '\n':
            above += row + "\n";
            row.clear();
            cursor = 0;
            break;
        default:
            REQUIRE(static_cast<unsigned char>(byte) >= ' ');
            if (cursor == row.size())
                row += byte;
            else
                row[cursor] = byte;
            ++cursor;
            REQUIRE(cursor <= 80);
        }
    }

    // ESC [ number letter, which may come in pieces.
    void control(char byte) {
        sequence += byte;
        const bool complete = sequence.size() > 2 && (byte < '0' || byte > '9');
        if (!complete)
            return;
        REQUIRE(sequence[1] == '[');
        const std::string number = sequence.substr(2, sequence.size() - 3);
        sequence.clear();
        switch (byte) {
        case 'K':
            row.resize(cursor);
            break;
        case 'D':
            REQUIRE(std::stoul(number) <= cursor);
            cursor -= std::stoul(number);
            break;
        case 'H':
            cursor = 0;
            break;
        case 'J':
            row.clear();
            above.clear();
            break;
        default:
            FAIL("unknown control sequence");
        }
    }

    std::string sequence;
};
