// Buffered input from a descriptor: bytes, or line after line.
// SPDX-License-Identifier: MIT
#pragma once

#include "user/lib/files.hpp"

#include <optional>

namespace os {

class Reader {
public:
    static constexpr std::size_t LINE_BYTES = 4096; // a longer line comes in pieces

    explicit Reader(std::int64_t descriptor) : descriptor_(descriptor) {}

    // The next line, without its end; good until the next call. Nothing at the end of the input, or
    // after an error (failure()).
    std::optional<std::string_view> line() {
        std::size_t length = 0;
        for (;;) {
            if (length == available() && !more())
                return length == 0 ? std::nullopt : std::optional(take(length, 0));
            if (buffer_[first_ + length] == '\n')
                return take(length, 1);
            if (++length == LINE_BYTES)
                return take(length, 0);
        }
    }

    // The error that ended the input, or 0.
    std::int64_t failure() const { return failure_; }

private:
    std::size_t available() const { return last_ - first_; }

    std::string_view take(std::size_t length, std::size_t ending) {
        const std::string_view taken(buffer_.data() + first_, length);
        first_ += length + ending;
        return taken;
    }

    // Reads on; what is still wanted moves to the front first.
    bool more() {
        for (std::size_t i = 0; first_ != 0 && i < available(); ++i)
            buffer_[i] = buffer_[first_ + i];
        last_ -= first_;
        first_ = 0;
        const std::int64_t count = read(descriptor_, std::span(buffer_).subspan(last_));
        if (count < 0)
            failure_ = count;
        if (count <= 0)
            return false;
        last_ += static_cast<std::size_t>(count);
        return true;
    }

    std::int64_t descriptor_;
    std::int64_t failure_ = 0;
    std::size_t first_ = 0;
    std::size_t last_ = 0;
    std::array<char, LINE_BYTES + 512> buffer_; // NOLINT: filled before it is read
};

} // namespace os
