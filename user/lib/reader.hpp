// Buffered input from a descriptor: bytes, or line after line.
// SPDX-License-Identifier: MIT
#pragma once

#include "user/lib/files.hpp"

#include <optional>

namespace os {

class Reader {
public:
    static constexpr std::size_t LINE_BYTES = 4096; // the longest line that comes as a whole

    explicit Reader(std::int64_t descriptor) : descriptor_(descriptor) {}

    // A line, or a part of it.
    struct Piece {
        std::string_view text; // good until the next call
        bool ends_line;        // the end itself is not in the text; the input's end is one, too
    };
    // What comes next of the input. Every line is some pieces that do not end it, of LINE_BYTES
    // each, and one that does. Nothing at the end of the input, or after an error (failure()): a
    // line in whose middle the input failed does not end.
    std::optional<Piece> piece() {
        std::size_t length = 0;
        for (;;) {
            if (length == available() && !more())
                return length == 0 || failure_ != 0 ? std::nullopt
                                                    : std::optional(take(length, 0, true));
            if (buffer_[first_ + length] == '\n')
                return take(length, 1, true);
            // The byte behind the longest line has been seen: this one is longer.
            if (length == LINE_BYTES)
                return take(length, 0, false);
            ++length;
        }
    }

    struct Line {
        std::string_view text; // good until the next call
        bool whole;            // false: it is longer than LINE_BYTES, and this is its beginning
    };
    // The next line. Of one that is too long the rest is never seen.
    std::optional<Line> line() {
        while (in_long_line_) {
            const auto rest = piece();
            if (!rest)
                return std::nullopt;
            in_long_line_ = !rest->ends_line;
        }
        const auto first = piece();
        if (!first)
            return std::nullopt;
        in_long_line_ = !first->ends_line;
        return Line{first->text, first->ends_line};
    }

    // The error that ended the input, or 0.
    std::int64_t failure() const { return failure_; }

private:
    std::size_t available() const { return last_ - first_; }

    Piece take(std::size_t length, std::size_t ending, bool ends_line) {
        const std::string_view taken(buffer_.data() + first_, length);
        first_ += length + ending;
        return {taken, ends_line};
    }

    // Reads on; what is still wanted moves to the front first.
    bool more() {
        for (std::size_t i = 0; first_ != 0 && i < available(); ++i)
            buffer_[i] = buffer_[first_ + i];
        last_ -= first_;
        first_ = 0;
        if (at_end_)
            return false;
        const std::int64_t count = read(descriptor_, std::span(buffer_).subspan(last_));
        if (count < 0)
            failure_ = count;
        // Later calls find the end again; a pipe or a terminal could have more then.
        at_end_ = count <= 0;
        if (count <= 0)
            return false;
        last_ += static_cast<std::size_t>(count);
        return true;
    }

    std::int64_t descriptor_;
    std::int64_t failure_ = 0;
    bool at_end_ = false;
    bool in_long_line_ = false;
    std::size_t first_ = 0;
    std::size_t last_ = 0;
    std::array<char, LINE_BYTES + 512> buffer_; // NOLINT: filled before it is read
};

} // namespace os
