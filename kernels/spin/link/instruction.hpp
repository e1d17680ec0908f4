// What an instruction is to the object check: allowed at all, and what may be patched in it.
// SPDX-License-Identifier: MIT
//
// RV64IMAC as a compiler uses it. What S-mode alone may do (the SYSTEM opcode), fence.i, floating
// point, custom and reserved encodings are refused: an extension runs in S-mode, and nothing but
// this look keeps it from writing satp. The tables are in instruction.cpp. Used by check.cpp.
#pragma once

#include <array>
#include <cstdint>

namespace link {

enum class Kind : std::uint8_t {
    plain, // whatever is none of the others
    load,
    add_immediate, // addi, which makes the low half of an address
    store,
    jump_to_register, // jalr
    // Here the check asks where to.
    far, // auipc: an address of which only a relocation says what it is
    branch,
    jump,         // jal
    short_branch, // c.beqz, c.bnez
    short_jump,   // c.j
    refused,
};
constexpr bool leads_somewhere(Kind kind) { return kind >= Kind::far; }

// An instruction of 32 bits has these two set.
constexpr bool is_long(std::uint32_t word) { return (word & 3) == 3; }

namespace instruction_detail {

// One look tells most of them; the others are compared with the forms from `number` on.
struct Look {
    Kind kind = Kind::refused;
    std::uint8_t forms = 0; // how many
    std::uint8_t first = 0;
};
// By opcode (bits 6..2) and funct3; behind them by quadrant and funct3 of the compressed ones.
constexpr unsigned COMPRESSED = 32 * 8;
constexpr unsigned LOOKS = COMPRESSED + 3 * 8;
extern const std::array<Look, LOOKS> LOOK;

Kind compare(const Look& look, std::uint32_t word);

} // namespace instruction_detail

// Of the instruction WORD; of a compressed one the upper half is zero.
inline Kind kind_of(std::uint32_t word) {
    using namespace instruction_detail;
    const unsigned index = is_long(word) ? (word >> 2 & 31) << 3 | (word >> 12 & 7)
                                         : COMPRESSED + ((word & 3) << 3 | (word >> 13 & 7));
    const Look& look = LOOK[index];
    return look.forms == 0 ? look.kind : compare(look, word);
}

} // namespace link
