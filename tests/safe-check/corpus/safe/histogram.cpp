// Waiting times in classes by powers of two, and the quantiles that they say.
// SPDX-License-Identifier: MIT
//
// Does: bit_width chooses the class, a lambda adds up, clamp holds a percentage.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/print.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace {

class Histogram {
public:
    void add(std::uint64_t value) {
        classes_[static_cast<std::size_t>(std::bit_width(value))] += 1;
    }
    // The least power of two that PERCENT of the values are below.
    std::uint64_t quantile(std::uint64_t percent) const {
        const std::uint64_t wanted = count() * std::clamp<std::uint64_t>(percent, 0, 100) / 100;
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < 64; ++i) {
            seen += classes_[i];
            if (seen >= wanted)
                return std::uint64_t{1} << i;
        }
        return ~std::uint64_t{0};
    }

private:
    std::uint64_t count() const {
        std::uint64_t sum = 0;
        for (const std::uint64_t in_class : classes_)
            sum += in_class;
        return sum;
    }
    std::array<std::uint64_t, 65> classes_{};
};

struct Console {
    void put(std::string_view text) { console_write(text); }
};

constinit Histogram waits{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    for (int i = 0; i < 50; ++i) {
        const std::uint64_t before = strand_time();
        strand_yield();
        waits.add(strand_time() - before);
    }
    Console console{};
    print(console, "half within ", waits.quantile(50), ", all within ", waits.quantile(100), "\n");
    return {};
}
