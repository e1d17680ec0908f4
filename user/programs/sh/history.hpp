// The last lines that were typed, the oldest one forgotten first.
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace sh {

class History {
public:
    static constexpr std::size_t LINES = 24;
    static constexpr std::size_t LINE_BYTES = 512; // a line's largest size

    // Empty lines, and a line like the last one, are not kept. LINE has at most LINE_BYTES.
    void add(std::string_view line) {
        if (line.empty() || (count_ != 0 && back(1) == line))
            return;
        Line& slot = lines_[next_];
        slot.length = line.copy(slot.bytes.data(), slot.bytes.size());
        next_ = (next_ + 1) % LINES;
        count_ = count_ < LINES ? count_ + 1 : count_;
    }

    std::size_t count() const { return count_; }

    // The line before the last BEFORE - 1 ones: 1 is the last one. 1 <= BEFORE <= count().
    std::string_view back(std::size_t before) const {
        const Line& line = lines_[(next_ + LINES - before) % LINES];
        return {line.bytes.data(), line.length};
    }

private:
    struct Line {
        std::size_t length = 0;
        std::array<char, LINE_BYTES> bytes{};
    };
    std::array<Line, LINES> lines_{};
    std::size_t next_ = 0;
    std::size_t count_ = 0;
};

} // namespace sh
