// Counting bits, where the machine has no instruction for it and the compiler calls for help.
// SPDX-License-Identifier: MIT
//
// Standard algorithms (std::sort, <bit>) end here. By halves: 64 bits are decided in six steps.
#include <cstdint>

extern "C" {

// Leading zeroes of VALUE, which is not 0.
int __clzdi2(std::uint64_t value) {
    int zeroes = 0;
    for (unsigned half = 32; half != 0; half /= 2)
        if (value >> (64U - half) == 0) {
            zeroes += static_cast<int>(half);
            value <<= half;
        }
    return zeroes;
}

// Trailing zeroes of VALUE, which is not 0.
int __ctzdi2(std::uint64_t value) {
    int zeroes = 0;
    for (unsigned half = 32; half != 0; half /= 2)
        if (value << (64U - half) == 0) {
            zeroes += static_cast<int>(half);
            value >>= half;
        }
    return zeroes;
}

// Ones of VALUE.
int __popcountdi2(std::uint64_t value) {
    int ones = 0;
    for (; value != 0; value &= value - 1)
        ++ones;
    return ones;
}

} // extern "C"
