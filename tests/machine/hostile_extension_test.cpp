// Hostile extensions (tests/hostile/spin/), and objects that the SPIN kernel must not link.
// SPDX-License-Identifier: MIT
//
// More refusals, by name: tests/spin_link/refusal_test.cpp (imports, sections, no start).
#include "../unity/sample.hpp"
#include "ram_disk.hpp"

#include "abi/machine_exit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <elf.h>
#include <random>

namespace {

using Words = std::vector<std::string>;

constexpr int WELL = 0;
constexpr int FAULT = machine_exit::PROGRAM_FAULT;
constexpr int CANNOT_LOAD = machine_exit::CANNOT_LOAD;

const std::string PROGRAM = "spin-client";
const std::string MEMBER = "spin/wired.o";

bool built() { return std::ranges::count(kernels(), "spin") != 0; }

void expect(const Answer& run, int status, const Words& words) {
    CAPTURE(run.output);
    CHECK(run.status == status);
    for (const std::string& word : words)
        CHECK_MESSAGE(run.output.find(word) != std::string::npos, word);
    CHECK(run.output.find("panic") == std::string::npos);
}

void expect_with(const std::string& extension, int status, const Words& words) {
    if (!built())
        return;
    const RamDisk disk("spin");
    disk.put_hostile("bin/" + PROGRAM, "bin/" + PROGRAM);
    disk.put_hostile("spin/" + extension + ".o", MEMBER);
    CAPTURE(extension);
    expect(disk.boot(PROGRAM), status, words);
}

enum class Signature { fresh, of_before };

// Boots with the object that CHANGE makes of the usual extension; signed, as if spin-cc had made
// it, or with the signature from before the change.
template <class Change>
void expect_refusal(Change change, const std::string& words,
                    Signature signature = Signature::fresh) {
    if (!built())
        return;
    const RamDisk disk("spin");
    disk.put_hostile("bin/" + PROGRAM, "bin/" + PROGRAM);
    std::string object = disk.read(MEMBER);
    change(object);
    disk.write(MEMBER, object);
    if (signature == Signature::fresh)
        disk.sign(MEMBER);
    expect(disk.boot(PROGRAM), CANNOT_LOAD,
           {words, "cannot start program '" + PROGRAM + "': lib/" + MEMBER + ": "});
}

template <class T>
T read_at(const std::string& object, std::size_t offset) {
    T value;
    REQUIRE(offset + sizeof value <= object.size());
    std::memcpy(&value, object.data() + offset, sizeof value);
    return value;
}

// CHANGE for the first relocation of its code.
template <class Change>
auto first_relocation(Change change) {
    return [change](std::string& object) {
        const auto header = read_at<Elf64_Ehdr>(object, 0);
        const auto section = [&](unsigned index) {
            return read_at<Elf64_Shdr>(object, header.e_shoff + index * sizeof(Elf64_Shdr));
        };
        for (unsigned i = 1; i < header.e_shnum; ++i) {
            const Elf64_Shdr table = section(i);
            if (table.sh_type != SHT_RELA || (section(table.sh_info).sh_flags & SHF_EXECINSTR) == 0)
                continue;
            auto relocation = read_at<Elf64_Rela>(object, table.sh_offset);
            change(relocation);
            std::memcpy(object.data() + table.sh_offset, &relocation, sizeof relocation);
            return;
        }
        FAIL("no relocation of code");
    };
}

} // namespace

TEST_CASE("hostile: with a fake extension that keeps the rules the program lives") {
    expect_with("serves-well", WELL, {"spin: still here"});
}

TEST_CASE("hostile: an extension gets no stale frame, no kernel page, no rights that are none") {
    expect_with("asks-for-too-much", WELL, {"spin: still here"});
}

TEST_CASE("hostile: frames come to an end in words") {
    expect_with("exhausts-frames", FAULT, {": no memory\n"});
}

TEST_CASE("hostile: a frame that was given back becomes no page table") {
    expect_with("spoils-a-table-to-be", WELL, {"spin: still here"});
}

TEST_CASE("hostile: a frame that was given back is reached no more, nor lent while it is in view") {
    expect_with("reaches-for-what-it-gave-back", FAULT,
                {"extension 'wired' broke at pc 0xffffffc0d000",
                 ": reached for a frame that is not its own any more"});
    expect_with("keeps-a-view", WELL, {"spin: still here"});
}

TEST_CASE("hostile: an extension's error is the end of the program") {
    expect_with("refuses-the-fault", FAULT, {"address 0x1e800000: not permitted"});
    expect_with("start-that-mends-what-is-refused", WELL, {"spin: still here"});
    expect_with("start-that-fails", CANNOT_LOAD, {"extension 'wired' refused: its start failed"});
}

TEST_CASE("hostile: an extension that breaks a check or traps is named, with the place") {
    const std::string broke = "extension 'wired' broke at pc 0xffffffc0d000";
    // The fault is raised afresh, and nobody is left to mend it.
    const std::string ended = "ended: store page fault at pc";
    for (const std::string extension :
         {"indexes-out-of-bounds", "takes-from-an-error", "stores-to-null", "stores-to-its-code",
          "calls-null", "traps"})
        expect_with(extension, FAULT, {broke, ended});
    expect_with("start-that-traps", CANNOT_LOAD, {broke, "cannot start program '"});
}

TEST_CASE("hostile: a trap of the kernel's own on a wild pointer is the extension's") {
    expect_with("hands-over-a-wild-pointer", FAULT,
                {"extension 'wired' broke at pc 0xffffffc080", "store page fault",
                 "ended: store page fault at pc"});
}

TEST_CASE("hostile: what C++ leaves undefined is a value, or the extension's end") {
    for (const std::string extension :
         {"overflows-a-product", "reads-unwritten-numbers", "looks-with-two-types",
          "asks-late-for-null", "loops-without-effect"})
        expect_with(extension, WELL, {"spin: still here"});
    for (const std::string extension : {"shifts-too-far", "divides-by-zero", "does-not-return",
                                        "comes-where-nobody-comes", "loads-two-as-bool"})
        expect_with(extension, FAULT,
                    {"extension 'wired' broke at pc 0xffffffc0d000", "breakpoint"});
}

TEST_CASE("hostile: an extension that does not come back falls after its deadline") {
    const std::string late = ": kept the processor past its deadline";
    for (const std::string extension :
         sample::of(Words{"loops-for-ever", "zeroes-for-ever", "asks-for-ever",
                          "start-with-a-guard-that-loops"},
                    2))
        expect_with(extension, FAULT,
                    {"extension 'wired' broke at pc 0xffffffc0d000", late,
                     "ended: store page fault at pc"});
    expect_with("start-that-loops", CANNOT_LOAD, {late, "cannot start program '"});
    // Whose strand it is falls with it, program or not.
    expect_with("start-with-a-strand-that-loops", FAULT, {late, "ended: store page fault at pc"});
    expect_with("works-long-and-pauses", WELL, {"spin: still here"});
}

TEST_CASE("hostile: an extension that uses up its stack falls before the kernel does") {
    expect_with("overflows-the-stack", FAULT,
                {"extension 'wired' broke at pc 0xffffffc0d000", ": used up its stack",
                 "ended: store page fault at pc"});
    expect_with("asks-at-every-depth", FAULT,
                {"extension 'wired' broke at pc 0xffffffc0d000", ": used up its stack",
                 "ended: store page fault at pc"});
}

TEST_CASE("hostile: success without a mapping that serves is noticed") {
    for (const std::string extension : {"mends-nothing", "mends-too-little"})
        expect_with(extension, FAULT,
                    {"said that it had mended a fault, and had not", "not mapped\n"});
}

TEST_CASE("hostile: what was not signed, or altered afterwards, is refused") {
    const std::string none = "not signed: only what spin-cc has checked is linked";
    const std::string altered = "altered after it was signed, or signed with another key";
    const auto unsigned_size = [](const std::string& object) { return object.size() - 16; };
    expect_refusal([&](std::string& object) { object.resize(unsigned_size(object)); }, none,
                   Signature::of_before);
    for (const std::size_t change : {0, 5, 1000, 20000})
        expect_refusal([&](std::string& object) { object.at(change) ^= 1; }, altered,
                       Signature::of_before);
    for (const std::size_t from_end : {1, 8})
        expect_refusal([&](std::string& object) { object.at(object.size() - from_end) ^= 1; },
                       altered, Signature::of_before);
    for (const std::size_t words : {1, 2, 3}) // cut out of the middle
        expect_refusal([&](std::string& object) { object.erase(4096, words * 8); }, altered,
                       Signature::of_before);
    expect_refusal([](std::string& object) { object.clear(); }, none, Signature::of_before);
    expect_refusal([](std::string& object) { object.erase(0, object.size() - 16); }, altered,
                   Signature::of_before);
}

TEST_CASE("hostile: relocations that are none are refused") {
    expect_refusal(first_relocation([](Elf64_Rela& relocation) {
                       relocation.r_info = ELF64_R_INFO(ELF64_R_SYM(relocation.r_info), 255);
                   }),
                   "a relocation of a type not linked");
    for (const std::uint64_t offset : {1ULL << 20, 1ULL << 62, ~0ULL, ~0ULL - 3})
        expect_refusal(
            first_relocation([&](Elf64_Rela& relocation) { relocation.r_offset = offset; }),
            "extension 'wired' refused: ");
    expect_refusal(first_relocation([](Elf64_Rela& relocation) {
                       relocation.r_info = ELF64_R_INFO(~0U, ELF64_R_TYPE(relocation.r_info));
                   }),
                   "a symbol that the symbol table does not hold");
    expect_refusal(
        first_relocation([](Elf64_Rela& relocation) { relocation.r_addend = 1LL << 40; }),
        "extension 'wired' refused: ");
}

TEST_CASE("hostile: an object that the check refuses is named, and UNIX works on without it") {
    if (!built())
        return;
    RamDisk disk("spin");
    for (const std::string name : {"writes-satp", "namesake"})
        disk.put_hostile("spin/" + name + ".o", "spin/" + name + ".o");
    const Answer run =
        disk.boot_beside_disk("program=hello extension=writes-satp extension=namesake");
    expect(run, WELL,
           {"extension 'writes-satp' refused: an instruction that an extension may not have: .text "
            "at 0x",
            "extension 'writes-satp' is not there: not permitted",
            "extension 'namesake' refused: defines a name that is the kernel's: machine_end",
            "extension 'namesake' is not there: not permitted"});
    CHECK(run.output.find("namesake: here") == std::string::npos);
    CHECK(run.output.find("Hello") != std::string::npos);
}

TEST_CASE("hostile: an object cut short is refused") {
    for (const unsigned tenth : {0, 1, 3, 5, 7, 9})
        expect_refusal([&](std::string& object) { object.resize(object.size() * tenth / 10); }, "");
    expect_refusal([](std::string& object) { object.resize(object.size() - 24); },
                   "extension 'wired' refused: ");
}

TEST_CASE("hostile: random bytes are no extension, with or without an ELF header") {
    for (const unsigned kept : {0U, 64U})
        expect_refusal(
            [&](std::string& object) {
                std::mt19937 random(20261121 + kept);
                for (std::size_t i = kept; i < object.size(); ++i)
                    object[i] = static_cast<char>(random());
            },
            "extension 'wired' refused: ");
}
