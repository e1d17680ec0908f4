// The encodings that an extension may have, as one table.
// SPDX-License-Identifier: MIT
//
// RISC-V Unprivileged Architecture, "RV32/64G Instruction Set Listings" and, for the compressed
// ones, "RVC Instruction Set Listings". Hints are no-ops and pass.
#include "kernels/spin/link/instruction.hpp"

#include <array>

namespace link {

using instruction_detail::COMPRESSED;
using instruction_detail::Look;
using instruction_detail::LOOKS;

namespace {

// Encodings of one opcode, or of one quadrant: those whose funct3 is in `functions` (a bit for
// each), that have VALUE in MASK, and a bit of SOME set, where SOME is not zero.
struct Form {
    unsigned group; // opcode (bits 6..0), or quadrant (bits 1..0)
    unsigned functions;
    Kind kind = Kind::plain;
    std::uint32_t mask = 0;
    std::uint32_t value = 0;
    std::uint32_t some = 0;
};

constexpr unsigned ALL = 0xff;
constexpr unsigned only(unsigned function) { return 1U << function; }
constexpr unsigned from_to(unsigned first, unsigned last) { return (2U << last) - (1U << first); }

constexpr std::uint32_t FUNCT7 = 0xfe000000;
constexpr std::uint32_t FUNCT6 = 0xfc000000; // beside a shift by up to 63
constexpr std::uint32_t FUNCT5 = 0xf8000000; // beside aq and rl
constexpr std::uint32_t RS2 = 0x01f00000;
constexpr std::uint32_t OTHER = 0x40000000; // sub, sra, and theirs
constexpr std::uint32_t MULTIPLY = 0x02000000;

// Of compressed instructions.
constexpr std::uint32_t RD = 0x0f80;
constexpr std::uint32_t RS2_SHORT = 0x007c;
constexpr std::uint32_t IMMEDIATE = 0x107c;
constexpr std::uint32_t BIT_12 = 0x1000;
constexpr std::uint32_t ARITHMETIC = 0x0c00; // which of c.srli, c.srai, c.andi, and all else

constexpr std::array FORMS{
    Form{0x03, from_to(0, 6), Kind::load}, // lb .. lwu
    Form{0x23, from_to(0, 3), Kind::store}, Form{0x13, only(0), Kind::add_immediate},
    Form{0x13, only(2) | only(3) | only(4) | only(6) | only(7)},
    Form{0x13, only(1) | only(5), Kind::plain, FUNCT6, 0},
    Form{0x13, only(5), Kind::plain, FUNCT6, OTHER}, Form{0x1b, only(0)},
    Form{0x1b, only(1) | only(5), Kind::plain, FUNCT7, 0},
    Form{0x1b, only(5), Kind::plain, FUNCT7, OTHER}, Form{0x33, ALL, Kind::plain, FUNCT7, 0},
    Form{0x33, ALL, Kind::plain, FUNCT7, MULTIPLY},
    Form{0x33, only(0) | only(5), Kind::plain, FUNCT7, OTHER},
    Form{0x3b, only(0) | only(1) | only(5), Kind::plain, FUNCT7, 0},
    Form{0x3b, only(0) | from_to(4, 7), Kind::plain, FUNCT7, MULTIPLY},
    Form{0x3b, only(0) | only(5), Kind::plain, FUNCT7, OTHER}, Form{0x37, ALL}, // lui
    Form{0x17, ALL, Kind::far}, Form{0x6f, ALL, Kind::jump},
    Form{0x67, only(0), Kind::jump_to_register},
    Form{0x63, only(0) | only(1) | from_to(4, 7), Kind::branch},
    // Atomics, of 32 and 64 bits: lr (which has no rs2), then sc, swap, add, xor, or, and, min,
    // max, minu, maxu.
    Form{0x2f, from_to(2, 3), Kind::plain, FUNCT5 | RS2, 0x10000000},
    Form{0x2f, from_to(2, 3), Kind::plain, 0xf0000000, 0x00000000}, // add, swap
    Form{0x2f, from_to(2, 3), Kind::plain, FUNCT5, 0x18000000},
    Form{0x2f, from_to(2, 3), Kind::plain, 0x18000000, 0x00000000},
    // fence, not fence.i; its reserved fields are zero.
    Form{0x0f, only(0), Kind::plain, 0xf00fff80, 0},
    // Of SYSTEM: ebreak, in which __builtin_trap ends, and so does the extension; and rdinstret,
    // which every program may read.
    Form{0x73, only(0), Kind::plain, 0xffffffff, 0x00100073},
    Form{0x73, only(2), Kind::plain, 0xfffff07f, 0xc0202073},

    Form{0, only(0), Kind::plain, 0, 0, 0x1fe0},    // c.addi4spn; all zero is no instruction
    Form{0, only(2) | only(3)},                     // c.lw, c.ld
    Form{0, only(6) | only(7)},                     // c.sw, c.sd
    Form{1, only(0) | only(2)},                     // c.addi, c.li
    Form{1, only(1), Kind::plain, 0, 0, RD},        // c.addiw
    Form{1, only(3), Kind::plain, 0, 0, IMMEDIATE}, // c.lui, c.addi16sp
    // c.srli, c.srai, c.andi; then what has two registers: four of doublewords, two of words.
    Form{1, only(4), Kind::plain, ARITHMETIC, 0x0000},
    Form{1, only(4), Kind::plain, ARITHMETIC, 0x0400},
    Form{1, only(4), Kind::plain, ARITHMETIC, 0x0800},
    Form{1, only(4), Kind::plain, ARITHMETIC | BIT_12, 0x0c00},
    Form{1, only(4), Kind::plain, ARITHMETIC | BIT_12 | 0x40, 0x1c00},
    Form{1, only(5), Kind::short_jump}, Form{1, only(6) | only(7), Kind::short_branch},
    Form{2, only(0)},                                  // c.slli
    Form{2, only(2) | only(3), Kind::plain, 0, 0, RD}, // c.lwsp, c.ldsp
    Form{2, only(4), Kind::plain, 0, 0, RS2_SHORT},    // c.mv, c.add
    Form{2, only(4), Kind::plain, RS2_SHORT, 0, RD},   // c.jr, c.jalr
    Form{2, only(4), Kind::plain, 0xffff, 0x9002},     // c.ebreak
    Form{2, only(6) | only(7)},                        // c.swsp, c.sdsp
};

constexpr bool is_compressed(const Form& form) { return form.group < 3; }
constexpr bool has_all(const Form& form) { return form.mask == 0 && form.some == 0; }
constexpr bool has(const Form& form, std::uint32_t word) {
    return (word & form.mask) == form.value && (form.some == 0 || (word & form.some) != 0);
}

using Looks = std::array<Look, LOOKS>;

// A look's forms stand one after the other, with others of the same opcode between them.
constexpr void add(Look& look, std::size_t number) {
    const Form& form = FORMS[number];
    if (has_all(form)) {
        look = {.kind = form.kind};
        return;
    }
    if (look.forms == 0)
        look.first = static_cast<std::uint8_t>(number);
    look.forms = static_cast<std::uint8_t>(number + 1 - look.first);
}

constexpr Looks make_looks() {
    Looks looks{};
    for (std::size_t number = 0; number < FORMS.size(); ++number) {
        const Form& form = FORMS[number];
        const unsigned start =
            is_compressed(form) ? COMPRESSED + form.group * 8 : (form.group >> 2) * 8;
        for (unsigned function = 0; function < 8; ++function)
            if ((form.functions >> function & 1) != 0)
                add(looks[start + function], number);
    }
    return looks;
}

} // namespace

constexpr std::array<Look, LOOKS> instruction_detail::LOOK = make_looks();

Kind instruction_detail::compare(const Look& look, std::uint32_t word) {
    const unsigned function = is_long(word) ? word >> 12 & 7 : word >> 13 & 7;
    for (unsigned number = look.first; number < look.first + look.forms; ++number)
        if ((FORMS[number].functions >> function & 1) != 0 && has(FORMS[number], word))
            return FORMS[number].kind;
    return Kind::refused;
}

} // namespace link
