// A bitmap of free pages, with a search for a free one by words.
// SPDX-License-Identifier: MIT
//
// Does: masks and shifts of bounded counts, countr_zero, popcount.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <bit>
#include <optional>

namespace {

template <std::size_t BITS>
class Bitmap {
public:
    static_assert(BITS % 64 == 0);
    constexpr bool test(std::size_t bit) const { return (words_[bit / 64] >> bit % 64 & 1) != 0; }
    constexpr void set(std::size_t bit) { words_[bit / 64] |= std::uint64_t{1} << bit % 64; }
    constexpr void clear(std::size_t bit) { words_[bit / 64] &= ~(std::uint64_t{1} << bit % 64); }
    constexpr std::optional<std::size_t> first_clear() const {
        for (std::size_t i = 0; i < words_.size(); ++i)
            if (~words_[i] != 0)
                return i * 64 + static_cast<std::size_t>(std::countr_zero(~words_[i]));
        return std::nullopt;
    }
    constexpr std::size_t count() const {
        std::size_t sum = 0;
        for (const std::uint64_t word : words_)
            sum += static_cast<std::size_t>(std::popcount(word));
        return sum;
    }

private:
    std::array<std::uint64_t, BITS / 64> words_{};
};

static_assert([] {
    Bitmap<128> bits{};
    for (std::size_t i = 0; i < 70; ++i)
        bits.set(i);
    bits.clear(66);
    return bits.first_clear() == 66 && bits.count() == 69 && bits.test(69);
}());

constinit Bitmap<1024> used{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const std::optional<std::size_t> page = used.first_clear();
    if (!page)
        return std::unexpected(Error::no_memory);
    used.set(*page);
    return {};
}
