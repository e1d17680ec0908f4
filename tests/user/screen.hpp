// One row of a terminal, as far as the line editor uses it.
// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include "user/lib/letters.hpp"

#include <string>
#include <string_view>
#include <vector>

struct Screen {
    std::size_t cursor = 0; // its column
    std::string above;      // finished rows
    int bells = 0;

    std::string row() const { return text(0, row_.size()); }
    std::string before_cursor() const { return text(0, cursor); }
    std::string behind_cursor() const { return text(cursor, row_.size()); }
    std::size_t width() const { return row_.size(); }

    void put(std::string_view bytes) {
        for (const char byte : bytes)
            if (byte == '\x1b' || !sequence.empty())
                control(byte);
            else
                put(byte);
    }

private:
    std::string text(std::size_t from, std::size_t to) const {
        std::string all;
        for (std::size_t i = from; i < to; ++i)
            all += row_[i];
        return all;
    }

    void put(char byte) {
        switch (byte) {
        case '\r':
            cursor = 0;
            break;
        case '\a':
            ++bells;
            break;
        case '\n':
            above += row() + "\n";
            row_.clear();
            cursor = 0;
            break;
        default:
            put_letter(byte);
        }
        can_continue_ = static_cast<unsigned char>(byte) > 0x7f;
    }

    // The later bytes of a letter join its first, if nothing came in between.
    void put_letter(char byte) {
        REQUIRE(static_cast<unsigned char>(byte) >= ' ');
        if (os::continues_letter(byte)) {
            REQUIRE(can_continue_);
            row_[cursor - 1] += byte;
            return;
        }
        if (cursor == row_.size())
            row_.emplace_back();
        row_[cursor++] = byte;
        REQUIRE(cursor <= 80);
    }

    // ESC [ number letter, which may come in pieces.
    void control(char byte) {
        can_continue_ = false;
        sequence += byte;
        const bool complete = sequence.size() > 2 && (byte < '0' || byte > '9');
        if (!complete)
            return;
        REQUIRE(sequence[1] == '[');
        const std::string number = sequence.substr(2, sequence.size() - 3);
        sequence.clear();
        switch (byte) {
        case 'K':
            row_.resize(cursor);
            break;
        case 'D':
            REQUIRE(std::stoul(number) <= cursor);
            cursor -= std::stoul(number);
            break;
        case 'H':
            cursor = 0;
            break;
        case 'J':
            row_.clear();
            above.clear();
            break;
        default:
            FAIL("unknown control sequence");
        }
    }

    std::vector<std::string> row_; // a letter a column
    bool can_continue_ = false;
    std::string sequence;
};
