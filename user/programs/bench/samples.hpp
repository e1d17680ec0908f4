// What was measured of one operation, and the line that says what it came to.
// SPDX-License-Identifier: MIT
#pragma once

#include "user/lib/message.hpp"
#include "user/lib/os.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace bench {

class Samples {
public:
    static constexpr std::size_t CAPACITY = 64;

    void add(std::uint64_t instructions) {
        if (count_ < CAPACITY)
            samples_[count_++] = instructions;
    }

    // bench OPERATION min N median N count N
    void print_as(std::string_view operation) {
        const std::span<std::uint64_t> all = std::span(samples_).first(count_);
        std::ranges::sort(all);
        os::FixedText<128> line;
        print(line, "bench ", operation, " min ", all.front(), " median ", all[all.size() / 2],
              " count ", all.size(), "\n");
        os::write(line.view());
    }

private:
    std::array<std::uint64_t, CAPACITY> samples_{};
    std::size_t count_ = 0;
};

} // namespace bench
