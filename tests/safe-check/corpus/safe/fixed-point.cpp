// A load average in fixed point, as a decaying mean of the strands that are ready.
// SPDX-License-Identifier: MIT
//
// Does: a strong type with arithmetic of its own, rounding, a fraction for the console.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/print.hpp"

#include <compare>

namespace {

class Fixed {
public:
    static constexpr unsigned BITS = 11;
    constexpr Fixed() = default;
    static constexpr Fixed from(std::uint64_t whole) { return Fixed(whole << BITS); }
    static constexpr Fixed part(std::uint64_t over, std::uint64_t under) {
        return Fixed((over << BITS) / under);
    }
    constexpr Fixed operator+(Fixed other) const { return Fixed(raw_ + other.raw_); }
    constexpr Fixed operator-(Fixed other) const { return Fixed(raw_ - other.raw_); }
    constexpr Fixed operator*(Fixed other) const { return Fixed(raw_ * other.raw_ >> BITS); }
    constexpr auto operator<=>(const Fixed&) const = default;
    constexpr std::uint64_t whole() const { return raw_ >> BITS; }
    constexpr std::uint64_t hundredths() const {
        return (raw_ & ((std::uint64_t{1} << BITS) - 1)) * 100 >> BITS;
    }

private:
    explicit constexpr Fixed(std::uint64_t raw) : raw_(raw) {}
    std::uint64_t raw_ = 0;
};

constexpr Fixed DECAY = Fixed::part(9, 10);
static_assert(Fixed::from(3) * Fixed::part(1, 2) > Fixed::from(1));

struct Console {
    void put(std::string_view text) { console_write(text); }
};

constinit Fixed load{};

void sample(std::uint64_t ready) {
    load = load * DECAY + Fixed::from(ready) * (Fixed::from(1) - DECAY);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    for (std::uint64_t ready = 0; ready < 8; ++ready)
        sample(ready);
    Console console{};
    print(console, "load ", load.whole(), ".", load.hundredths(), "\n");
    return {};
}
