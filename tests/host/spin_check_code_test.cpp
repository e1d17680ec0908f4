// The SPIN kernel's object check: what stands in code and data, and is patched in them.
// SPDX-License-Identifier: MIT
//
// Objects made by hand; the tree's own, and damaged ones, are in tests/spin_link/check_test.cpp.
#include "spin_check.hpp"

using namespace spin_check;

TEST_CASE("spin check: a sound object passes") {
    expect_sound(sound());
    expect_sound(with_text({AUIPC_RA, JALR_RA, AUIPC_A0, ADDI_A0, LD_A0, SD_A0},
                           {{0, R_RISCV_CALL_PLT, IMPORT},
                            {8, R_RISCV_PCREL_HI20, IN_DATA, 0x800},
                            {12, R_RISCV_PCREL_LO12_I, IN_TEXT},
                            {16, R_RISCV_PCREL_LO12_I, IN_TEXT},
                            {20, R_RISCV_PCREL_LO12_S, IN_TEXT}}));
    expect_sound(with_text({BEQ, JAL, pair(C_BEQZ, C_J)}, {{0, R_RISCV_BRANCH, IN_TEXT, 2},
                                                           {4, R_RISCV_JAL, IN_TEXT},
                                                           {8, R_RISCV_RVC_BRANCH, IN_TEXT},
                                                           {10, R_RISCV_RVC_JUMP, STARTER}}));
    expect_sound(with_data({{0, R_RISCV_64, IN_TEXT},
                            {8, R_RISCV_ADD32, STARTER, 4},
                            {8, R_RISCV_SUB32, IN_DATA, -4}}));
}

// In groups of four: as their comments say.
TEST_CASE("spin check: instructions that an extension may have") {
    expect_sound(with_text({
        0x00100073, 0xc0202573, 0x0ff0000f, 0x00056503, // ebreak, rdinstret, fence, lwu
        0x1005252f, 0x18b5252f, 0x00b5352f, 0xe0b5352f, // lr.w, sc.w, amoadd.d, amomaxu.d
        0x02b50533, 0x02b5553b, 0x40b50533, 0x40b5553b, // mul, divuw, sub, sraw
        0x03f51513, 0x43f55513, 0x41f5551b,             // slli and srai by 63, sraiw by 31
    }));
    expect_sound(with_text({
        pair(0x9002, 0x852e), pair(0x952e, 0x9d0d), // c.ebreak, c.mv, c.add, c.subw
        pair(0x9d2d, 0x8d0d), pair(0x8d6d, 0x1028), // c.addw, c.sub, c.and, c.addi4spn
        pair(0x7179, 0x4502), pair(0x6502, 0xe02a), // c.addi16sp, c.lwsp, c.ldsp, c.sdsp
    }));
}

TEST_CASE("spin check: instructions that it may not have are refused by their place") {
    const std::vector<std::uint32_t> words{
        0x00000073, 0x10200073, 0x30200073, 0x10500073, // ecall, sret, mret, wfi
        0x12000073, 0x16000073, 0x22000073, 0x68054573, // sfence, sinval, hfence, hlv.w
        0x18001073, 0x10002573, 0x10016073, 0x00200073, // csrw, csrr, csrsi, uret
        0xc0002573, 0xc020a573, 0x0000100f, 0x0045200f, // rdcycle, csrrs, fence.i, cbo.zero
        0x00052507, 0x00a53027, 0x00b50553, 0x68b50543, // flw, fsd, fadd.s, fmadd.s
        0x0000000b, 0x0000002b, 0x0000005b, 0x0000007b, // custom ones
        0x00000057, 0x0000006b, 0x0000001f, 0x0000003f, // vector, reserved, of 48 bits, of 64
        0x1015252f, 0x28b5352f, 0x80b50533, 0x20b52533, // no lr, no atomic, no add, sh1add
        0x40b57533, 0x60155513, 0x0205151b, 0x00057503, // andn, rori, slliw by 32, no load
        0x00a54023, 0x00052063, 0x00009067, 0x02b5153b, // no store, no branch, no jalr, no mulw
        0x00010000, 0x00012000, 0x0001a000, 0x00012002, // all zero, c.fld, c.fsd, c.fldsp
        0x0001a002, 0x00018000, 0x00012001, 0x00016081, // c.fsdsp, reserved, as are these:
        0x00014002, 0x00018002, 0x00019c41,             // c.lwsp, c.jr, behind c.addw
    };
    for (const std::uint32_t word : words) {
        CAPTURE(word);
        expect_refusal(with_text({NOP, word}), "an instruction that an extension may not have",
                       ".text", 4);
    }
}

TEST_CASE("spin check: an instruction is whole") {
    ObjectFile object = sound();
    object.text.back() = pair(C_NOP, NOP & 0xffff);
    expect_refusal(object, "an instruction that is cut off", ".text", 62);
    object = sound();
    object.sections[TEXT].bytes = 63;
    expect_refusal(object, "an instruction that is cut off", ".text", 0);
}

TEST_CASE("spin check: jumps stay in the text, and reach whole instructions") {
    expect_sound(with_text({0x00000263 /* beq .+4 */, 0xffdff06f /* j .-4 */}));
    const std::string out = "a jump out of the text";
    expect_refusal(with_text({NOP, 0xfe000ce3 /* beq .-8 */}), out, ".text", 4);
    expect_refusal(with_text({0x0400006f /* j .+64 */}), out, ".text", 0);
    expect_refusal(with_text({pair(C_NOP, 0xbffd /* c.j .-2 */), pair(0xd101, C_NOP)}), out,
                   ".text", 4); // c.beqz a0, .-256
    const std::string between = "something leads between two instructions";
    expect_refusal(with_text({0x00000363 /* beq .+6 */}), between, ".text", 6);
    expect_refusal(with_text({NOP, 0xfffff06f /* j .-2 */}), between, ".text", 2);
    expect_refusal(with_text({BEQ}, {{0, R_RISCV_BRANCH, IN_TEXT, 2}}), between, ".text", 10);
    // Not even between the two halves of a call.
    expect_refusal(with_text({BEQ, NOP, AUIPC_RA, JALR_RA},
                             {{0, R_RISCV_BRANCH, IN_TEXT, 4}, {8, R_RISCV_CALL, IMPORT}}),
                   between, ".text", 12);
}

TEST_CASE("spin check: an address comes from a relocation") {
    expect_refusal(with_text({AUIPC_A0}), "an address that no relocation made", ".text", 0);
}

TEST_CASE("spin check: a relocation stands at an instruction of its kind") {
    const std::string unfit = "a relocation that does not fit its instruction";
    const auto refused = [&](std::vector<std::uint32_t> words, RelocationType type) {
        CAPTURE(type);
        expect_refusal(with_text(words, {{0, type, IN_TEXT}}), unfit, "in_text", 0);
    };
    refused({NOP}, R_RISCV_BRANCH);
    refused({BEQ}, R_RISCV_JAL);
    refused({JAL}, R_RISCV_BRANCH);
    refused({pair(C_BEQZ, C_NOP)}, R_RISCV_RVC_JUMP);
    refused({pair(C_J, C_NOP)}, R_RISCV_RVC_BRANCH);
    refused({BEQ}, R_RISCV_RVC_BRANCH);
    refused({NOP}, R_RISCV_PCREL_HI20);
    refused({0x00000537 /* lui */}, R_RISCV_PCREL_HI20);
    refused({SD_A0}, R_RISCV_PCREL_LO12_I);
    refused({0x0005051b /* addiw */}, R_RISCV_PCREL_LO12_I);
    refused({JALR_RA}, R_RISCV_PCREL_LO12_I);
    refused({LD_A0}, R_RISCV_PCREL_LO12_S);
    refused({JAL}, R_RISCV_CALL);
    refused({AUIPC_RA, NOP}, R_RISCV_CALL);
    refused({AUIPC_A0, JALR_RA}, R_RISCV_CALL_PLT);  // by another register
    refused({0x00000017, 0x000000e7}, R_RISCV_CALL); // by zero
}

TEST_CASE("spin check: relocations of code that data has, and the other way round") {
    const std::string not_linked = "a relocation of a type not linked";
    for (const RelocationType type : {R_RISCV_64, R_RISCV_ADD32, R_RISCV_SUB8})
        expect_refusal(with_text({NOP}, {{0, type, IN_TEXT}}), not_linked, "in_text");
    for (const std::uint32_t type : {20U /* GOT */, 43U /* ALIGN */, 51U /* RELAX */, 1000U})
        CHECK(expect_refusal(with_text({NOP}, {{0, type, IMPORT}}), not_linked, OFFERED)
                  .complaint.number == type);
    for (const std::uint32_t type : {16U, 18U, 23U, 24U, 45U, 1U, 3U, 1000U})
        expect_refusal(with_data({{0, type, IN_DATA}}), not_linked, "in_data");
}

TEST_CASE("spin check: relocations stand in order, one at a place, inside") {
    const std::string not_at_one = "a relocation that is not at an instruction of its own";
    const RelocationEntry branch{4, R_RISCV_BRANCH, IN_TEXT};
    expect_refusal(with_text({NOP, BEQ}, {branch, branch}), not_at_one, "in_text", 4);
    expect_refusal(with_text({BEQ, BEQ}, {branch, {0, R_RISCV_BRANCH, IN_TEXT}}), not_at_one,
                   "in_text", 0);
    expect_refusal(with_text({NOP, BEQ}, {{2, R_RISCV_BRANCH, IN_TEXT}}), not_at_one, "in_text", 2);
    expect_refusal(with_text({}, {{62, R_RISCV_BRANCH, IN_TEXT}}), not_at_one, "in_text", 62);
    expect_refusal(with_text({AUIPC_RA, JALR_RA},
                             {{0, R_RISCV_CALL, IN_TEXT}, {4, R_RISCV_PCREL_LO12_I, IN_TEXT}}),
                   not_at_one, "in_text", 4);
    const std::string outside = "a relocation outside its section";
    for (const std::uint64_t offset : {std::uint64_t{64}, ~std::uint64_t{0}})
        expect_refusal(with_text({}, {{offset, R_RISCV_BRANCH, IN_TEXT}}), outside, "in_text",
                       offset);
    for (const std::uint64_t offset : {std::uint64_t{9}, std::uint64_t{16}, ~std::uint64_t{0}})
        expect_refusal(with_data({{offset, R_RISCV_64, IN_DATA}}), outside, "in_data", offset);
    const std::string twice = "a place that is patched twice, or not in order";
    expect_refusal(with_data({{0, R_RISCV_64, IN_DATA}, {7, R_RISCV_64, IN_DATA}}), twice,
                   "in_data", 7);
    expect_refusal(with_data({{8, R_RISCV_64, IN_DATA}, {0, R_RISCV_64, IN_DATA}}), twice,
                   "in_data", 0);
}

TEST_CASE("spin check: a difference is of two places, and nothing else") {
    const std::string half = "a sum without its difference";
    expect_refusal(with_data({{0, R_RISCV_ADD32, IN_DATA}}), half, "in_data", 0);
    expect_refusal(with_data({{0, R_RISCV_ADD32, IN_DATA}, {0, R_RISCV_SUB16, IN_DATA}}), half,
                   "in_data", 0);
    expect_refusal(with_data({{0, R_RISCV_ADD32, IN_DATA}, {4, R_RISCV_SUB32, IN_DATA}}), half,
                   "in_data", 0);
    expect_refusal(with_data({{0, R_RISCV_SUB32, IN_DATA}}), "a relocation of a type not linked",
                   "in_data");
    expect_refusal(with_data({{0, R_RISCV_ADD32, IMPORT}, {0, R_RISCV_SUB32, IN_DATA}}),
                   "an import where only a place of its own may stand", OFFERED, 0);
    ObjectFile object = with_data({{0, R_RISCV_ADD32, IN_TEXT, -8}, {0, R_RISCV_SUB32, IN_DATA}});
    expect_sound(object);
    object.relocations[0].addend = 2;
    expect_refusal(object, "something leads between two instructions", ".text", 10);
    // What stands in the place would be added, too: the first bytes of .text, taken for data.
    object.relocations[0].addend = 0;
    object.sections[DATA].offset = 64 + 9 * 64;
    expect_refusal(object, "a difference that is more than two places", "in_text", 0);
}

TEST_CASE("spin check: where a relocation leads") {
    const auto refused = [](const std::string& what, RelocationEntry relocation,
                            const std::string& name, std::uint32_t word = AUIPC_A0) {
        CAPTURE(what);
        expect_refusal(with_text({word}, {relocation}), what, name, 0);
    };
    refused("a pointer into code that is no function's start", {0, R_RISCV_PCREL_HI20, IN_TEXT, 4},
            "in_text");
    refused("a place outside its section", {0, R_RISCV_PCREL_HI20, IN_DATA, 0x80d}, "in_data");
    refused("a place outside its section", {0, R_RISCV_PCREL_HI20, IN_DATA, -5}, "in_data");
    refused("an import, and not its start", {0, R_RISCV_PCREL_HI20, IMPORT, 4}, OFFERED);
    refused("an import where only a place of its own may stand", {0, R_RISCV_BRANCH, IMPORT},
            OFFERED, BEQ);
    refused("data where only code may stand", {0, R_RISCV_BRANCH, IN_DATA}, "in_data", BEQ);
    refused("a place outside the text, or between two instructions",
            {0, R_RISCV_BRANCH, IN_TEXT, 56}, "in_text", BEQ);
    refused("a place outside the text, or between two instructions",
            {0, R_RISCV_BRANCH, IN_TEXT, 1}, "in_text", BEQ);
    refused("a low half of more than its auipc", {0, R_RISCV_PCREL_LO12_I, IN_TEXT, 4}, "in_text",
            ADDI_A0);
    refused("a symbol of a type that an extension may not have", {0, R_RISCV_PCREL_HI20, FIXED},
            "source.cpp");
    expect_refusal(with_text({AUIPC_RA, JALR_RA}, {{0, R_RISCV_CALL, IMPORT, 4}}),
                   "an import, and not its start", OFFERED, 0);
    expect_refusal(with_text({AUIPC_RA, JALR_RA}, {{0, R_RISCV_CALL, IN_DATA}}),
                   "data where only code may stand", "in_data", 0);
    const auto refused_in_data = [](const std::string& what, RelocationEntry relocation,
                                    const std::string& name) {
        expect_refusal(with_data({relocation}), what, name, 0);
    };
    expect_sound(with_data({{0, R_RISCV_64, IN_DATA, 12}}));
    refused_in_data("a place outside its section", {0, R_RISCV_64, IN_DATA, 13}, "in_data");
    refused_in_data("an import, and not its start", {0, R_RISCV_64, IMPORT, 1}, OFFERED);
    refused_in_data("a pointer into code that is no function's start", {0, R_RISCV_64, IN_TEXT, 2},
                    "in_text");
}

TEST_CASE("spin check: damaged objects are refused in words, or pass") {
    const ObjectFile object = with_text({AUIPC_RA, JALR_RA, AUIPC_A0, ADDI_A0, LD_A0, SD_A0},
                                        {{0, R_RISCV_CALL_PLT, IMPORT},
                                         {8, R_RISCV_PCREL_HI20, IN_DATA, 0x800},
                                         {12, R_RISCV_PCREL_LO12_I, IN_TEXT},
                                         {16, R_RISCV_PCREL_LO12_I, IN_TEXT},
                                         {20, R_RISCV_PCREL_LO12_S, IN_TEXT}});
    expect_sound(object);
    with_damaged_copies(object.file(), 20000, [](const Buffer& copy) {
        const Checked checked(copy);
        CHECK((checked.result || !checked.complaint.what.empty()));
    });
}
