// The line under the editor's hands: letters, and where the cursor stands among them.
// SPDX-License-Identifier: MIT
//
// Positions count bytes; a letter of UTF-8 may have several.
#pragma once

#include "history.hpp"

#include "user/lib/letters.hpp"

namespace sh {

class Line {
public:
    static constexpr std::size_t BYTES = History::LINE_BYTES;

    std::string_view text() const { return {bytes_.data(), length_}; }
    std::string_view before_cursor() const { return text().substr(0, cursor_); }
    std::size_t cursor() const { return cursor_; }
    std::size_t length() const { return length_; }

    // Whether something that was typed is missing for want of room.
    bool has_lost() const { return lost_; }
    void lose() { lost_ = true; }

    void set(std::string_view text) {
        length_ = text.copy(bytes_.data(), bytes_.size());
        cursor_ = length_;
        lost_ = false;
    }
    void move_to(std::size_t cursor) { cursor_ = cursor < length_ ? cursor : length_; }

    // Where the letter before AT starts, and the one behind the letter at AT. At the ends they
    // stay.
    std::size_t before(std::size_t at) const {
        do
            at = at == 0 ? 0 : at - 1;
        while (at != 0 && os::continues_letter(bytes_[at]));
        return at;
    }
    std::size_t behind(std::size_t at) const {
        do
            at = at < length_ ? at + 1 : length_;
        while (at < length_ && os::continues_letter(bytes_[at]));
        return at;
    }
    // Columns from FROM up to TO. FROM <= TO <= length().
    std::size_t columns(std::size_t from, std::size_t to) const {
        return os::columns(text().substr(from, to - from));
    }

    // Whether there was room for all of TEXT; otherwise nothing was put in.
    [[nodiscard]] bool insert(std::string_view text) {
        if (text.size() > bytes_.size() - length_)
            return false;
        for (std::size_t i = length_; i > cursor_; --i)
            bytes_[i - 1 + text.size()] = bytes_[i - 1];
        for (std::size_t i = 0; i < text.size(); ++i)
            bytes_[cursor_ + i] = text[i];
        length_ += text.size();
        cursor_ += text.size();
        return true;
    }

    // Takes away what stands from FROM up to TO; the cursor goes to FROM. FROM <= TO <= length().
    // Of an empty line nothing is missing.
    void erase(std::size_t from, std::size_t to) {
        for (std::size_t i = to; i < length_; ++i)
            bytes_[from + i - to] = bytes_[i];
        length_ -= to - from;
        cursor_ = from;
        lost_ = lost_ && length_ != 0;
    }

    // Where the word before the cursor starts, the blanks behind it included.
    std::size_t start_of_word() const {
        std::size_t at = cursor_;
        while (at != 0 && bytes_[at - 1] == ' ')
            --at;
        while (at != 0 && bytes_[at - 1] != ' ')
            --at;
        return at;
    }

private:
    std::array<char, BYTES> bytes_{};
    std::size_t length_ = 0;
    std::size_t cursor_ = 0;
    bool lost_ = false;
};

} // namespace sh
