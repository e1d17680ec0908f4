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

// The other way: the value that stands in an instruction.
constexpr std::int64_t piece(std::uint32_t instruction, unsigned high, unsigned low, unsigned to) {
    return static_cast<std::int64_t>(instruction >> low & ((1U << (high - low + 1)) - 1)) << to;
}
constexpr std::int64_t sign_extended(std::int64_t value, unsigned bits) {
    const std::int64_t sign = std::int64_t{1} << (bits - 1);
    return (value ^ sign) - sign;
}
constexpr std::int64_t b_type_value(std::uint32_t instruction) {
    return sign_extended(piece(instruction, 31, 31, 12) | piece(instruction, 30, 25, 5) |
                             piece(instruction, 11, 8, 1) | piece(instruction, 7, 7, 11),
                         13);
}
constexpr std::int64_t j_type_value(std::uint32_t instruction) {
    return sign_extended(piece(instruction, 31, 31, 20) | piece(instruction, 30, 21, 1) |
                             piece(instruction, 20, 20, 11) | piece(instruction, 19, 12, 12),
                         21);
}
constexpr std::int64_t cb_type_value(std::uint32_t instruction) {
    return sign_extended(piece(instruction, 12, 12, 8) | piece(instruction, 11, 10, 3) |
                             piece(instruction, 6, 5, 6) | piece(instruction, 4, 3, 1) |
                             piece(instruction, 2, 2, 5),
                         9);
}
constexpr std::int64_t cj_type_value(std::uint32_t instruction) {
    return sign_extended(piece(instruction, 12, 12, 11) | piece(instruction, 11, 11, 4) |
                             piece(instruction, 10, 9, 8) | piece(instruction, 8, 8, 10) |
                             piece(instruction, 7, 7, 6) | piece(instruction, 6, 6, 7) |
                             piece(instruction, 5, 3, 1) | piece(instruction, 2, 2, 5),
                         12);
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

static_assert(b_type_value(0x80000063) == -4096 && b_type_value(0x0a0005e3) == 0x8aa);
static_assert(j_type_value(0x2abaa06f) == 0xaaaaa && j_type_value(0x800000ef) == -0x100000);
static_assert(cb_type_value(0xc54d) == 0xaa && cb_type_value(0xd101) == -256);
static_assert(cj_type_value(0xbffd) == -2 && cj_type_value(with_cj_type(0xa001, 0x2aa)) == 0x2aa);

} // namespace link::encoding
