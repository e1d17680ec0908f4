// The linker of the SPIN kernel: every relocation by hand, and no damaged object gets out of
// bounds. SPDX-License-Identifier: MIT
//
// tests/spin_link/ compares it with GNU ld on the object that is really loaded.
#include "kernels/spin/link/relocate.hpp"
#include "world.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using link::Part;

constexpr VirtAddr BASE(0xffffffc0c0000000);
constexpr std::uint64_t SLOT = 0x1000000;
constexpr char OFFERED[] = "offered";
constexpr VirtAddr OFFERED_AT(0xffffffc080201234);
constexpr link::Export EXPORTS[]{{OFFERED, sizeof(OFFERED) - 1, OFFERED_AT.raw()}};

// Numbers of sections and symbols in the objects made here.
enum SectionIndex : std::uint16_t { TEXT = 1, RODATA, DATA, BSS, DEBUG };
enum SymbolIndex : std::uint32_t { NONE, IN_TEXT, IN_DATA, IMPORT, UNKNOWN, FIXED, STARTER };

struct SectionHeader {
    std::uint32_t name;
    std::uint32_t type;
    std::uint64_t flags = 0;
    std::uint64_t address = 0;
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
    std::uint32_t link = 0;
    std::uint32_t info = 0;
    std::uint64_t alignment = 8;
    std::uint64_t entry_bytes = 0;
};

struct SymbolEntry {
    std::uint32_t name;
    std::uint8_t information;
    std::uint8_t other = 0;
    std::uint16_t section;
    std::uint64_t value;
    std::uint64_t bytes = 0;
};

struct RelocationEntry {
    std::uint64_t offset;
    std::uint32_t type;
    std::uint32_t symbol;
    std::int64_t addend = 0;
};

// An object with all four parts, a debugging section, six symbols, and relocations for its text.
struct ObjectFile {
    std::vector<std::uint32_t> text{std::vector<std::uint32_t>(16)};
    std::vector<RelocationEntry> relocations;
    std::vector<SectionHeader> sections;
    std::vector<SymbolEntry> symbols;
    std::string names{'\0'};

    ObjectFile() {
        sections = {{.name = 0, .type = 0},
                    {.name = add(".text"), .type = 1, .flags = 6},
                    {.name = add(".rodata"), .type = 1, .flags = 2, .bytes = 8},
                    {.name = add(".data"), .type = 1, .flags = 3, .bytes = 16},
                    {.name = add(".bss"), .type = 8, .flags = 3, .bytes = 5000},
                    {.name = add(".debug_line"), .type = 1, .bytes = 8},
                    {.name = add(".rela.text"), .type = 4, .info = TEXT, .entry_bytes = 24},
                    {.name = add(".symtab"), .type = 2, .link = 8, .entry_bytes = 24},
                    {.name = add(".strtab"), .type = 3}};
        constexpr std::uint8_t GLOBAL = 0x10;
        symbols = {{0, 0, 0, 0, 0},
                   {add("in_text"), 0, 0, TEXT, 8},
                   {add("in_data"), 0, 0, DATA, 4},
                   {add(OFFERED), GLOBAL, 0, 0, 0},
                   {add("nobody_has_this"), GLOBAL, 0, 0, 0},
                   {add("fixed"), GLOBAL, 0, 0xfff1, 0x1000},
                   {add("extension_start"), GLOBAL, 0, TEXT, 12}};
    }

    std::uint32_t add(const std::string& name) {
        const auto at = static_cast<std::uint32_t>(names.size());
        names += name + '\0';
        return at;
    }

    // The file: header, section table, then the contents.
    Buffer file() const {
        Buffer result(64);
        const std::array<std::uint8_t, 7> ident{0x7f, 'E', 'L', 'F', 2, 1, 1};
        put(result, 0, ident);
        put<std::uint16_t>(result, 16, 1);
        put<std::uint16_t>(result, 18, 243);
        put<std::uint64_t>(result, 40, 64);
        put<std::uint16_t>(result, 58, 64);
        put(result, 60, static_cast<std::uint16_t>(sections.size()));
        put<std::uint16_t>(result, 62, 8);
        result.resize(64 + sections.size() * 64);
        for (std::size_t i = 0; i < sections.size(); ++i) {
            SectionHeader header = sections[i];
            const Buffer contents = contents_of(header, i);
            header.offset = header.offset != 0 ? header.offset : result.size();
            put(result, 64 + i * 64, header);
            result.insert(result.end(), contents.begin(), contents.end());
        }
        return result;
    }

private:
    template <class T>
    static Buffer bytes_of(const T& container) {
        const auto bytes = std::as_bytes(std::span(container));
        return {bytes.begin(), bytes.end()};
    }
    Buffer contents_of(SectionHeader& header, std::size_t index) const {
        Buffer contents(header.type == 8 || header.type == 0 ? 0 : header.bytes);
        if (index == TEXT)
            contents = bytes_of(text);
        else if (header.type == 4 || header.type == 9)
            contents = bytes_of(relocations);
        else if (header.type == 2)
            contents = bytes_of(symbols);
        else if (header.type == 3)
            contents = bytes_of(names);
        else
            return contents;
        header.bytes = header.bytes != 0 ? header.bytes : contents.size();
        return contents;
    }
};

// What the kernel does with a file, without pages.
struct Linked {
    link::Complaint complaint;
    std::array<Buffer, link::PARTS.size()> memory;
    Error error{};
    Buffer file; // the complaint's name points into it

    bool operator()(Buffer given) {
        file = std::move(given);
        const Result<void> done = link_all();
        if (!done)
            error = done.error();
        return done.has_value();
    }
    std::uint32_t word(std::size_t offset) const {
        return MUST(load<std::uint32_t>(memory[0], offset));
    }

private:
    Result<void> link_all() {
        const link::Object object = TRY(link::Object::parse(file, complaint));
        const link::Layout layout = TRY(link::Layout::of(object, BASE, SLOT));
        link::Memory spans;
        for (const Part part : link::PARTS) {
            const link::Section& section = object.section(part);
            Buffer& bytes = memory[index_of(part)];
            bytes.assign(section.contents.begin(), section.contents.end());
            bytes.resize(section.bytes);
            spans[index_of(part)] = bytes;
        }
        return link::relocate(object, layout, spans, EXPORTS, complaint);
    }
};

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
