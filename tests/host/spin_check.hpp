// Objects made by hand for the SPIN kernel's object check, and what it says to them.
// SPDX-License-Identifier: MIT
//
// Used by spin_check_*_test.cpp.
#pragma once

#include "spin_object.hpp"

#include "kernels/spin/link/check.hpp"
#include "kernels/spin/link/relocation_type.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace spin_check {

using namespace spin_object;
using namespace link; // types of relocations

inline constexpr std::uint32_t NOP = 0x00000013;
inline constexpr std::uint32_t C_NOP = 0x0001;
inline constexpr std::uint32_t RET = 0x00008067;
inline constexpr std::uint32_t AUIPC_RA = 0x00000097;
inline constexpr std::uint32_t JALR_RA = 0x000080e7;
inline constexpr std::uint32_t AUIPC_A0 = 0x00000517;
inline constexpr std::uint32_t ADDI_A0 = 0x00050513;
inline constexpr std::uint32_t LD_A0 = 0x00053503;
inline constexpr std::uint32_t SD_A0 = 0x00a53023;
inline constexpr std::uint32_t BEQ = 0x00000063; // to itself
inline constexpr std::uint32_t JAL = 0x0000006f;
inline constexpr std::uint32_t C_BEQZ = 0xc101;
inline constexpr std::uint32_t C_J = 0xa001;

constexpr std::uint32_t pair(std::uint32_t first, std::uint32_t second) {
    return first | second << 16;
}

// Numbers of st_info.
inline constexpr std::uint8_t LOCAL = 0x00;
inline constexpr std::uint8_t GLOBAL = 0x10;
inline constexpr std::uint8_t WEAK = 0x20;
inline constexpr std::uint8_t VARIABLE = 1;
inline constexpr std::uint8_t FUNCTION = 2;
inline constexpr std::uint8_t IS_FILE = 4;

inline constexpr std::size_t RELOCATIONS_OF = 6; // the section of the relocation table
inline constexpr std::size_t SYMBOLS_OF = 7;

// One that passes: sixteen instructions, a function of its own at 8, the start at 12.
inline ObjectFile sound() {
    ObjectFile object;
    object.text.assign(16, NOP);
    object.text.back() = RET;
    object.symbols[IN_TEXT].information = LOCAL | FUNCTION;
    object.symbols[IN_DATA].information = LOCAL | VARIABLE;
    object.symbols[FIXED] = {object.add("source.cpp"), LOCAL | IS_FILE, 0, 0xfff1, 0};
    object.symbols[STARTER].information = GLOBAL | FUNCTION;
    return object;
}

struct Checked {
    Buffer file; // the complaint's name points into it
    link::Complaint complaint;
    Result<void> result;

    explicit Checked(const ObjectFile& object) : Checked(object.file()) {}
    explicit Checked(Buffer bytes) : file(std::move(bytes)), result(check()) {}
    std::string what() const { return std::string(complaint.what); }
    std::string name() const { return std::string(complaint.name); }

private:
    Result<void> check() {
        const link::Object object = TRY(link::Object::parse(file, complaint));
        TRY(link::Layout::of(object, BASE, SLOT)); // it has room
        std::array<Buffer, link::PARTS.size()> contents;
        link::Memory memory;
        for (const Part part : link::PARTS) {
            const link::Section& section = object.section(part);
            contents[index_of(part)].assign(section.contents.begin(), section.contents.end());
            contents[index_of(part)].resize(section.bytes);
            memory[index_of(part)] = contents[index_of(part)];
        }
        std::vector<std::uint64_t> room(link::room_to_check(object));
        return link::check(object, memory, EXPORTS, room, complaint);
    }
};

inline void expect_sound(const ObjectFile& object) {
    const Checked checked(object);
    CHECK_MESSAGE(checked.result, checked.what(), checked.name());
}

inline Checked expect_refusal(const ObjectFile& object, const std::string& what,
                              const std::string& name) {
    const Checked checked(object);
    CHECK(!checked.result);
    CHECK(checked.what() == what);
    CHECK(checked.name() == name);
    return checked;
}

inline void expect_refusal(const ObjectFile& object, const std::string& what,
                           const std::string& name, std::uint64_t offset) {
    CHECK(expect_refusal(object, what, name).complaint.offset == offset);
}

inline ObjectFile with_text(std::vector<std::uint32_t> words,
                            std::vector<RelocationEntry> relocations = {}) {
    ObjectFile object = sound();
    std::copy(words.begin(), words.end(), object.text.begin());
    object.relocations = std::move(relocations);
    return object;
}

inline ObjectFile with_data(std::vector<RelocationEntry> relocations) {
    ObjectFile object = sound();
    object.relocations = std::move(relocations);
    object.sections[RELOCATIONS_OF].info = DATA;
    return object;
}

inline ObjectFile with_symbol(const std::string& name, std::uint8_t information,
                              std::uint16_t section, std::uint64_t value = 0) {
    ObjectFile object = sound();
    object.symbols.push_back({object.add(name), information, 0, section, value});
    return object;
}

} // namespace spin_check
