// Text of a bounded length, put together piece by piece.
// SPDX-License-Identifier: MIT
//
// Room that nothing was put into has no first value, and cannot be seen: a kilobyte for a path that
// has ten bytes costs nothing.
#pragma once

#include "lib/codec.hpp"

#include <array>
#include <string_view>

template <std::size_t MOST>
class Text {
public:
    Text() {} // NOLINT(modernize-use-equals-default): `= default` would fill the room with zeroes

    // too_large: it would be longer than MOST bytes.
    Result<void> append(Bytes bytes) {
        if (bytes.size() > MOST - size_)
            return std::unexpected(Error::too_large);
        __builtin_memcpy(text_.data() + size_, bytes.data(), bytes.size());
        size_ += bytes.size();
        return {};
    }
    Result<void> append(std::string_view text) {
        return append(Bytes(reinterpret_cast<const std::byte*>(text.data()), text.size()));
    }
    std::string_view view() const { return {text_.data(), size_}; }

private:
    std::size_t size_ = 0;
    std::array<char, MOST> text_;
};
