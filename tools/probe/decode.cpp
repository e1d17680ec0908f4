// The decoder: RISC-V unprivileged manual chapters 2, 8 and 16, privileged manual chapters 2 to 4.
// SPDX-License-Identifier: MIT
//
// On RV64 the encoding that would be c.jal is c.addiw, so c.jalr is the only compressed call.
#include "decode.hpp"

namespace probe {
namespace {

constexpr std::uint32_t sp = 2;
constexpr std::uint32_t s0 = 8;
constexpr std::uint32_t satp = 0x180;

constexpr std::uint32_t bits(std::uint32_t word, unsigned high, unsigned low) {
    return (word >> low) & ((1U << (high - low + 1)) - 1);
}

constexpr bool is_frame_base(std::uint32_t reg) { return reg == sp || reg == s0; }
constexpr bool is_link(std::uint32_t reg) { return reg == 1 || reg == 5; }

Decoded access(Kind kind, std::uint32_t base) {
    return {.kind = kind, .through_stack = is_frame_base(base)};
}

Decoded decode_compressed(std::uint32_t word) {
    if (word == 0) // defined to be illegal
        return {.supervisor_only = true};
    const auto funct3 = bits(word, 15, 13);
    const auto quadrant = bits(word, 1, 0);
    // Quadrants 0 and 2 share a pattern: 1 to 3 load (double float, word, double word), 5 to 7
    // store.
    const bool loads = funct3 >= 1 && funct3 <= 3;
    const bool stores = funct3 >= 5;
    if (quadrant == 0 && (loads || stores))
        return access(loads ? Kind::load : Kind::store, 8 + bits(word, 9, 7));
    if (quadrant == 2 && (loads || stores))
        return access(loads ? Kind::load : Kind::store, sp);
    const bool jalr = funct3 == 4 && bits(word, 12, 12) == 1 && bits(word, 6, 2) == 0;
    if (quadrant == 2 && jalr && bits(word, 11, 7) != 0)
        return {.kind = Kind::call};
    return {};
}

Decoded decode_atomic(std::uint32_t word) {
    constexpr std::uint32_t load_reserved = 0b00010;
    constexpr std::uint32_t store_conditional = 0b00011;
    switch (bits(word, 31, 27)) {
    case load_reserved:
        return {.kind = Kind::load};
    case store_conditional:
        return {.kind = Kind::store_conditional};
    default:
        return {.kind = Kind::atomic};
    }
}

Decoded decode_system(std::uint32_t word) {
    const auto funct3 = bits(word, 14, 12);
    if (funct3 == 0) {
        if (word == 0x00000073)
            return {.kind = Kind::ecall};
        if (word == 0x10200073)
            return {.kind = Kind::sret, .supervisor_only = true};
        if (word == 0x10500073)
            return {.kind = Kind::wfi, .supervisor_only = true};
        if (bits(word, 31, 25) == 0b0001001)
            return {.kind = Kind::sfence_vma,
                    .supervisor_only = true,
                    .all_pages = bits(word, 19, 15) == 0};
        return {};
    }
    if (funct3 == 4)
        return {};
    const auto number = bits(word, 31, 20);
    // csrrw always writes; csrrs and csrrc write unless their source is x0 (or the immediate 0).
    const bool writes = (funct3 & 3) == 1 || bits(word, 19, 15) != 0;
    const bool read_only = bits(number, 11, 10) == 3;
    const bool privileged = bits(number, 9, 8) != 0;
    return {.kind = number == satp && writes ? Kind::satp_write : Kind::csr,
            .supervisor_only = privileged || (read_only && writes)};
}

} // namespace

Decoded decode(std::uint32_t word, unsigned length) {
    if (length == 2)
        return decode_compressed(word & 0xffff);
    const auto base = bits(word, 19, 15);
    const auto width = bits(word, 14, 12);
    const bool scalar_float = width >= 1 && width <= 4; // other widths are vector accesses
    switch (bits(word, 6, 0)) {
    case 0x03:
        return access(Kind::load, base);
    case 0x07:
        return scalar_float ? access(Kind::load, base) : Decoded{};
    case 0x23:
        return access(Kind::store, base);
    case 0x27:
        return scalar_float ? access(Kind::store, base) : Decoded{};
    case 0x0f:
        return {.kind = width == 1 ? Kind::fence_i : Kind::plain};
    case 0x17:
        return {.kind = Kind::auipc};
    case 0x2f:
        return decode_atomic(word);
    case 0x67:
    case 0x6f:
        return {.kind = is_link(bits(word, 11, 7)) ? Kind::call : Kind::plain};
    case 0x73:
        return decode_system(word);
    default:
        return {};
    }
}

} // namespace probe
