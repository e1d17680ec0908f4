// Text that is put together piece by piece, in fixed room: a sink for lib/print.hpp.
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace os {

template <std::size_t BYTES>
class FixedText {
public:
    // What does not fit is left out, and complete() says so from then on.
    void put(std::string_view text) {
        const std::size_t count = text.copy(bytes_.data() + length_, BYTES - length_);
        length_ += count;
        complete_ = complete_ && count == text.size();
    }
    void clear() {
        length_ = 0;
        complete_ = true;
    }
    void cut(std::size_t length) { length_ = length < length_ ? length : length_; }

    bool complete() const { return complete_; }
    std::string_view view() const { return {bytes_.data(), length_}; }

private:
    std::array<char, BYTES> bytes_{};
    std::size_t length_ = 0;
    bool complete_ = true;
};

} // namespace os
