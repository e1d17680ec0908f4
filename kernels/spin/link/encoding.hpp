// Immediates of RISC-V instructions, where a linker has to put an address into them.
// SPDX-License-Identifier: MIT
//
// RISC-V Unprivileged Architecture, "Immediate Encoding Variants" and, for the compressed ones,
// "Control Transfer Instructions" of the C extension. Each function keeps all other bits of the
// instruction. The range of a value is the caller's to check (`fits_signed`).
#pragma once

#include <cstdint>

namespace link::encoding {

// Whether VALUE can be had from BITS bits by sign extension.
constexpr bool fits_signed(std::int64_t value, unsigned bits) {
    const std::int64_t limit = std::int64_t{1} << (bits - 1);
    return value >= -limit && value < limit;
}

// Bits HIGH..LOW of VALUE, moved to start at bit TO.
constexpr std::uint32_t bits(std::int64_t value, unsigned high, unsigned low, unsigned to) {
    const auto raw = static_cast<std::uint64_t>(value);
    return static_cast<std::uint32_t>((raw >> low & ((1ULL << (high - low + 1)) - 1)) << to);
}

// An address of 32 bits is split into a U-type and an I- or S-type immediate. The second one is
// signed, so the first is rounded.
constexpr std::int64_t high_part(std::int64_t value) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(value) + 0x800) >> 12;
}
constexpr bool fits_in_pair(std::int64_t value) {
    return value >= INT32_MIN - 0x800LL && value < INT32_MAX - 0x7ffLL;
}

constexpr std::uint32_t with_u_type(std::uint32_t instruction, std::int64_t value) {
    return (instruction & 0xfff) | bits(high_part(value), 19, 0, 12);
}
constexpr std::uint32_t with_i_type(std::uint32_t instruction, std::int64_t value) {
    return (instruction & 0xfffff) | bits(value, 11, 0, 20);
}
constexpr std::uint32_t with_s_type(std::uint32_t instruction, std::int64_t value) {
    return (instruction & 0x1fff07f) | bits(value, 11, 5, 25) | bits(value, 4, 0, 7);
}
constexpr std::uint32_t with_b_type(std::uint32_t instruction, std::int64_t value) {
    return (instruction & 0x1fff07f) | bits(value, 12, 12, 31) | bits(value, 10, 5, 25) |
           bits(value, 4, 1, 8) | bits(value, 11, 11, 7);
}
constexpr std::uint32_t with_j_type(std::uint32_t instruction, std::int64_t value) {
    return (instruction & 0xfff) | bits(value, 20, 20, 31) | bits(value, 10, 1, 21) |
           bits(value, 11, 11, 20) | bits(value, 19, 12, 12);
}
// c.beqz, c.bnez.
constexpr std::uint16_t with_cb_type(std::uint16_t instruction, std::int64_t value) {
    return static_cast<std::uint16_t>((instruction & 0xe383) | bits(value, 8, 8, 12) |
                                      bits(value, 4, 3, 10) | bits(value, 7, 6, 5) |
                                      bits(value, 2, 1, 3) | bits(value, 5, 5, 2));
}
// c.j.
constexpr std::uint16_t with_cj_type(std::uint16_t instruction, std::int64_t value) {
    return static_cast<std::uint16_t>(
        (instruction & 0xe003) | bits(value, 11, 11, 12) | bits(value, 4, 4, 11) |
        bits(value, 9, 8, 9) | bits(value, 10, 10, 8) | bits(value, 6, 6, 7) |
        bits(value, 7, 7, 6) | bits(value, 3, 1, 3) | bits(value, 5, 5, 2));
}

// As GNU as encodes them.
static_assert(with_u_type(0x00000097, 0x12345fff) == 0x12346097); // auipc ra, 0x12346
static_assert(with_i_type(0x000080e7, -1) == 0xfff080e7);         // jalr -1(ra)
static_assert(with_s_type(0x00a53023, -8) == 0xfea53c23);         // sd a0, -8(a0)
static_assert(with_b_type(0x00000063, -4096) == 0x80000063);      // beq zero, zero, .-4096
static_assert(with_b_type(0x00000063, 0x8aa) == 0x0a0005e3);      // beq zero, zero, .+0x8aa
static_assert(with_j_type(0x0000006f, 0xaaaaa) == 0x2abaa06f);    // j .+0xaaaaa
static_assert(with_cb_type(0xc101, 0xaa) == 0xc54d);              // c.beqz a0, .+0xaa
static_assert(with_cj_type(0xa001, -2) == 0xbffd);                // c.j .-2

} // namespace link::encoding
