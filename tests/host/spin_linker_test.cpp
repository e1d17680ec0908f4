// The SPIN kernel's linker: every relocation by hand, and no damaged object gets out of bounds.
// SPDX-License-Identifier: MIT
//
// tests/spin_link/ compares it with GNU ld on the object that is really loaded.
#include "spin_object.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using namespace spin_object;

// Types of the psABI that appear below.
enum Type : std::uint32_t {
    ABS_64 = 2,
    BRANCH = 16,
    JAL = 17,
    CALL = 18,
    GOT = 20,
    HIGH = 23,
    LOW_I = 24,
    LOW_S = 25,
    ADD8 = 33,
    ADD32 = 35,
    SUB32 = 39,
    RVC_BRANCH = 44,
    RVC_JUMP = 45,
};

// Links a text of these words with these relocations; the words that result.
Linked linked(std::vector<std::uint32_t> words, std::vector<RelocationEntry> relocations) {
    ObjectFile object;
    std::copy(words.begin(), words.end(), object.text.begin());
    object.relocations = std::move(relocations);
    Linked result;
    CHECK_MESSAGE(result(object.file()), result.complaint.what);
    return result;
}

Linked refused(const ObjectFile& object) {
    Linked result;
    CHECK(!result(object.file()));
    return result;
}

Linked refused(RelocationEntry relocation) {
    ObjectFile object;
    object.relocations = {relocation};
    return refused(object);
}

constexpr std::uint32_t AUIPC_RA = 0x00000097;
constexpr std::uint32_t JALR_RA = 0x000080e7;
constexpr std::uint32_t ADDI_A0 = 0x00050513;
constexpr std::uint32_t SD_A0 = 0x00a53023;

} // namespace

TEST_CASE("spin linker: a call reaches an exported name") {
    const Linked result = linked({0, AUIPC_RA, JALR_RA}, {{4, CALL, IMPORT}});
    // 0xffffffc080201234 - 0xffffffc0c0000004 = -0x3fdfedd0
    CHECK(result.word(4) == 0xc0201097);
    CHECK(result.word(8) == 0x230080e7);
}

TEST_CASE("spin linker: parts stand on pages of their own, one after the other") {
    ObjectFile object;
    object.relocations = {{0, ABS_64, IN_DATA}, {8, ABS_64, IN_TEXT, -8}, {16, ABS_64, FIXED, 2}};
    Linked result;
    REQUIRE(result(object.file()));
    CHECK(result.word(0) == 0xc0002004);
    CHECK(result.word(4) == 0xffffffc0);
    CHECK(result.word(8) == 0xc0000000);
    CHECK(result.word(16) == 0x1002);
    CHECK(result.memory[index_of(Part::bss)] == Buffer(5000));
}

TEST_CASE("spin linker: a low half follows the relocation of its auipc") {
    // in_text labels the auipc at 8; in_data + 0x7f8 is 0x27f4 away.
    const Linked result =
        linked({0, 0, 0x00000517, ADDI_A0, SD_A0},
               {{12, LOW_I, IN_TEXT}, {16, LOW_S, IN_TEXT}, {8, HIGH, IN_DATA, 0x7f8}});
    CHECK(result.word(8) == 0x00002517);
    CHECK(result.word(12) == 0x7f450513);
    CHECK(result.word(16) == 0x7ea53a23);
}

TEST_CASE("spin linker: branches and jumps, also compressed ones") {
    const Linked result =
        linked({0x00000063, 0x0000006f, 0, 0xa001c101}, {{0, BRANCH, IN_TEXT},
                                                         {4, JAL, IN_TEXT},
                                                         {12, RVC_BRANCH, IN_TEXT},
                                                         {14, RVC_JUMP, IN_TEXT}});
    CHECK(result.word(0) == 0x00000463);  // beq zero, zero, .+8
    CHECK(result.word(4) == 0x0040006f);  // j .+4
    CHECK(result.word(12) == 0xbfeddd75); // c.beqz a0, .-4; c.j .-6
}

TEST_CASE("spin linker: sums and differences") {
    const Linked result = linked(
        {5, 0x01}, {{0, ADD32, IN_TEXT, 12}, {0, SUB32, IN_TEXT, 8}, {4, ADD8, IN_TEXT, -4}});
    CHECK(result.word(0) == 9);
    CHECK(result.word(4) == 5);
}

TEST_CASE("spin linker: the start is found by name, and imports are not exports") {
    const Buffer file = ObjectFile().file();
    link::Complaint complaint;
    const link::Object object = MUST(link::Object::parse(file, complaint));
    const auto start = object.find("extension_start", complaint);
    REQUIRE(start.has_value());
    CHECK(start->value == 12);
    for (const char* name : {"offered", "in_text", "fixed", "nothing"}) {
        CHECK(object.find(name, complaint).error() == Error::not_found);
        CHECK(complaint.name == name);
    }
}

TEST_CASE("spin linker: an import that nobody exports is refused by name") {
    const Linked result = refused({0, CALL, UNKNOWN});
    CHECK(result.error == Error::not_found);
    CHECK(result.complaint.name == "nobody_has_this");
    CHECK(refused({0, CALL, NONE}).error == Error::not_found);
}

TEST_CASE("spin linker: a relocation of another type is refused by number") {
    const Linked result = refused({0, GOT, IMPORT});
    CHECK(result.error == Error::not_permitted);
    CHECK(result.complaint.name == "offered");
    CHECK(result.complaint.number == GOT);
}

TEST_CASE("spin linker: what an instruction cannot reach is refused") {
    CHECK(refused({0, JAL, IMPORT}).error == Error::invalid);
    CHECK(refused({0, BRANCH, IN_DATA}).error == Error::invalid);
    CHECK(refused({0, RVC_JUMP, IN_DATA}).error == Error::invalid);
    CHECK(refused({0, BRANCH, IN_TEXT, 1}).error == Error::invalid);
    CHECK(refused({0, CALL, FIXED}).error == Error::invalid);
    CHECK(refused({0, HIGH, IN_DATA, 1LL << 40}).error == Error::invalid);
}

TEST_CASE("spin linker: relocations outside their section, and halves alone") {
    CHECK(refused({64, ADD8, IN_TEXT}).error == Error::malformed);
    CHECK(refused({60, CALL, IN_TEXT}).error == Error::malformed);
    CHECK(refused({~0ULL, ABS_64, IN_TEXT}).error == Error::malformed);
    CHECK(refused({0, LOW_I, IN_TEXT}).error == Error::malformed);
    CHECK(refused({0, ABS_64, 99}).error == Error::malformed);
}

TEST_CASE("spin linker: sections that an extension may not have") {
    ObjectFile object;
    SUBCASE("constructors") {
        object.sections[DEBUG] = {
            .name = object.add(".init_array"), .type = 14, .flags = 3, .bytes = 8};
        CHECK(refused(object).error == Error::not_permitted);
    }
    SUBCASE("code elsewhere") {
        object.sections[DEBUG] = {
            .name = object.add(".text.hot"), .type = 1, .flags = 6, .bytes = 8};
        const Linked result = refused(object);
        CHECK(result.error == Error::not_permitted);
        CHECK(result.complaint.name == ".text.hot");
    }
    SUBCASE("writable code") {
        object.sections[TEXT].flags = 7;
        CHECK(refused(object).error == Error::malformed);
    }
    SUBCASE("executable data") {
        object.sections[DATA].flags = 7;
        CHECK(refused(object).error == Error::malformed);
    }
    SUBCASE("two of a name") {
        object.sections[RODATA] = object.sections[DATA];
        CHECK(refused(object).error == Error::malformed);
    }
    SUBCASE("aligned beyond a page") {
        object.sections[DATA].alignment = 2 * PAGE_SIZE;
        CHECK(refused(object).error == Error::malformed);
    }
    SUBCASE("too large for the slot") {
        object.sections[BSS].bytes = SLOT;
        CHECK(refused(object).error == Error::no_memory);
        object.sections[BSS].bytes = ~0ULL;
        CHECK(refused(object).error == Error::no_memory);
    }
    SUBCASE("contents past the file's end") {
        object.sections[DATA].offset = 1ULL << 62;
        CHECK(refused(object).error == Error::malformed);
    }
}

TEST_CASE("spin linker: symbols in sections that are not loaded") {
    ObjectFile object;
    object.relocations = {{0, ABS_64, IN_DATA}};
    SUBCASE("debug information") { object.symbols[IN_DATA].section = DEBUG; }
    SUBCASE("no such section") { object.symbols[IN_DATA].section = 77; }
    SUBCASE("common storage") { object.symbols[IN_DATA].section = 0xfff2; }
    SUBCASE("past the section's end") { object.symbols[IN_DATA].value = 17; }
    CHECK(refused(object).error == Error::malformed);
}

TEST_CASE("spin linker: damaged objects stay inside themselves") {
    ObjectFile object;
    object.text = {0, 0, 0x00000517, ADDI_A0, SD_A0, AUIPC_RA, JALR_RA};
    object.relocations = {{8, HIGH, IN_DATA}, {12, LOW_I, IN_TEXT}, {16, LOW_S, IN_TEXT},
                          {20, CALL, IMPORT}, {0, ADD32, IN_TEXT},  {0, SUB32, IN_TEXT}};
    const Buffer file = object.file();
    REQUIRE(Linked()(file));
    with_damaged_copies(file, 20000, [](const Buffer& copy) {
        Linked result;
        if (!result(copy)) {
            CHECK(!result.complaint.what.empty());
            std::size_t sum = 0;
            for (const char character : result.complaint.name)
                sum += static_cast<unsigned char>(character); // the sanitizer looks
            CHECK(sum < SIZE_MAX);
        }
    });
}
