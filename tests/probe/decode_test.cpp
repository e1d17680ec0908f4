// The decoder on encodings taken from the assembler.
// SPDX-License-Identifier: MIT
//
// Each line shows the instruction that `riscv64-linux-gnu-as` turned into the number.
#include "decode.hpp"

#include <doctest/doctest.h>

using probe::decode;
using probe::Kind;

TEST_CASE("loads, stores and atomics") {
    CHECK(decode(0x00053503, 4).kind == Kind::load);              // ld a0, 0(a0)
    CHECK(decode(0x00053507, 4).kind == Kind::load);              // fld fa0, 0(a0)
    CHECK(decode(0x00b53023, 4).kind == Kind::store);             // sd a1, 0(a0)
    CHECK(decode(0x6108, 2).kind == Kind::load);                  // c.ld a0, 0(a0)
    CHECK(decode(0x4108, 2).kind == Kind::load);                  // c.lw a0, 0(a0)
    CHECK(decode(0xe108, 2).kind == Kind::store);                 // c.sd a0, 0(a0)
    CHECK(decode(0x6502, 2).kind == Kind::load);                  // c.ldsp a0, 0(sp)
    CHECK(decode(0xe02a, 2).kind == Kind::store);                 // c.sdsp a0, 0(sp)
    CHECK(decode(0x00b5352f, 4).kind == Kind::atomic);            // amoadd.d a0, a1, (a0)
    CHECK(decode(0x1005352f, 4).kind == Kind::load);              // lr.d a0, (a0)
    CHECK(decode(0x18b5352f, 4).kind == Kind::store_conditional); // sc.d a0, a1, (a0)
}

TEST_CASE("accesses to the stack frame are told apart") {
    CHECK(decode(0xe02a, 2).through_stack);           // c.sdsp a0, 0(sp)
    CHECK(decode(0x00a13023, 4).through_stack);       // sd a0, 0(sp)
    CHECK(decode(0xfea43423, 4).through_stack);       // sd a0, -24(s0)
    CHECK_FALSE(decode(0x00b53023, 4).through_stack); // sd a1, 0(a0)
    CHECK_FALSE(decode(0xe108, 2).through_stack);     // c.sd a0, 0(a0)
}

TEST_CASE("calls link, jumps do not") {
    CHECK(decode(0x008000ef, 4).kind == Kind::call);  // jal ra, .+8
    CHECK(decode(0x008002ef, 4).kind == Kind::call);  // jal t0, .+8
    CHECK(decode(0x0080006f, 4).kind == Kind::plain); // j .+8
    CHECK(decode(0x000500e7, 4).kind == Kind::call);  // jalr ra, a0
    CHECK(decode(0x00008067, 4).kind == Kind::plain); // ret
    CHECK(decode(0x9502, 2).kind == Kind::call);      // c.jalr a0
    CHECK(decode(0x8082, 2).kind == Kind::plain);     // c.jr ra
    CHECK(decode(0x9002, 2).kind == Kind::plain);     // c.ebreak
    CHECK(decode(0x952e, 2).kind == Kind::plain);     // c.add a0, a1
    CHECK(decode(0x2505, 2).kind == Kind::plain);     // c.addiw a0, 1: c.jal on RV32
}

TEST_CASE("writes of satp, in all forms") {
    CHECK(decode(0x18051073, 4).kind == Kind::satp_write); // csrw satp, a0
    CHECK(decode(0x18001073, 4).kind == Kind::satp_write); // csrw satp, x0
    CHECK(decode(0x18052073, 4).kind == Kind::satp_write); // csrs satp, a0
    CHECK(decode(0x18053073, 4).kind == Kind::satp_write); // csrc satp, a0
    CHECK(decode(0x18005073, 4).kind == Kind::satp_write); // csrwi satp, 0
    CHECK(decode(0x1800e073, 4).kind == Kind::satp_write); // csrsi satp, 1
    CHECK(decode(0x18002573, 4).kind == Kind::csr);        // csrr a0, satp
    CHECK(decode(0x18006073, 4).kind == Kind::csr);        // csrsi satp, 0
    CHECK(decode(0x10051073, 4).kind == Kind::csr);        // csrw sstatus, a0
}

TEST_CASE("what U-mode may not execute") {
    CHECK(decode(0x00000073, 4).kind == Kind::ecall);
    CHECK_FALSE(decode(0x00000073, 4).supervisor_only);
    CHECK(decode(0x10200073, 4).kind == Kind::sret);
    CHECK(decode(0x10200073, 4).supervisor_only);
    CHECK(decode(0x10500073, 4).kind == Kind::wfi);
    CHECK(decode(0x12000073, 4).kind == Kind::sfence_vma); // sfence.vma
    CHECK(decode(0x12000073, 4).all_pages);
    CHECK(decode(0x12b50073, 4).kind == Kind::sfence_vma); // sfence.vma a0, a1
    CHECK_FALSE(decode(0x12b50073, 4).all_pages);
    CHECK(decode(0x12b00073, 4).all_pages); // sfence.vma zero, a1: of one space only
    CHECK(decode(0x0000100f, 4).kind == Kind::fence_i);
    CHECK(decode(0x0ff0000f, 4).kind == Kind::plain);   // fence
    CHECK(decode(0x10002573, 4).supervisor_only);       // csrr a0, sstatus
    CHECK_FALSE(decode(0xc0202573, 4).supervisor_only); // rdinstret a0
    CHECK(decode(0xc0001073, 4).supervisor_only);       // unimp: writes a read-only CSR
}
