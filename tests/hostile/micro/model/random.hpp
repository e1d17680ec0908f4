// Numbers by chance, the same ones for the same seed.
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

// SplitMix64 (Steele, Lea, Flood; OOPSLA'14).
class Random {
public:
    explicit constexpr Random(std::uint64_t seed) : state_(seed) {}
    constexpr std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t z = state_;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
    constexpr std::uint64_t below(std::uint64_t limit) { return next() % limit; }
    // True PERCENT times in a hundred.
    constexpr bool happens(std::uint64_t percent) { return below(100) < percent; }
    template <std::size_t N>
    constexpr std::uint64_t one_of(const std::uint64_t (&values)[N]) {
        return values[below(N)];
    }

private:
    std::uint64_t state_;
};
