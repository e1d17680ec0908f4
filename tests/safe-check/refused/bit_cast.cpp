// Refused: bit-cast@11,15,18: bits do not change their type.
// SPDX-License-Identifier: MIT
#include <bit>
#include <cstdint>
#include <span>

namespace vm {

using View = std::span<const std::uint8_t, 8>;

inline std::int32_t as_signed(std::uint32_t bits) { return std::bit_cast<std::int32_t>(bits); }

template <class T>
auto bits_of(const T& value) {
    using std::bit_cast;
    return value.bits();
}
inline std::int32_t directly(std::uint32_t bits) { return __builtin_bit_cast(std::int32_t, bits); }

} // namespace vm
