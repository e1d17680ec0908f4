// A name that the kernel keeps: of a strand, of a domain.
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

// A copy of TEXT, whose memory may go; of a longer one than MOST bytes, the beginning.
class Name {
public:
    static constexpr std::size_t MOST = 31;

    constexpr Name() = default;
    constexpr explicit Name(std::string_view text)
        : length_(static_cast<std::uint8_t>(std::min(text.size(), MOST))) {
        std::copy_n(text.begin(), length_, text_.begin());
    }
    constexpr std::string_view view() const { return {text_.data(), length_}; }

private:
    std::array<char, MOST> text_{};
    std::uint8_t length_ = 0;
};
