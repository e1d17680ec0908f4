// What an object file defines, refers to and consists of.
// SPDX-License-Identifier: MIT
//
// Read by libelf from what a compiler made of a student's source. Next: object_check.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace lab {

struct ObjectSection {
    std::string name;
    std::uint32_t type = 0;  // SHT_
    std::uint64_t flags = 0; // SHF_
    bool in_group = false;   // of which the linker keeps one: an inline function's
};

struct ObjectSymbol {
    std::string name;
    unsigned binding = 0;      // STB_
    unsigned type = 0;         // STT_
    std::uint16_t section = 0; // index into sections, or SHN_
    std::uint64_t value = 0;
    std::uint64_t size = 0;

    bool is_local() const { return binding == 0; }
    bool is_undefined() const { return section == 0; }
};

struct ObjectFacts {
    std::vector<ObjectSection> sections; // by index; 0 is none
    std::vector<ObjectSymbol> symbols;   // that have a name

    const ObjectSection* section_of(const ObjectSymbol& symbol) const;
    // Of other than local binding.
    std::map<std::string, const ObjectSymbol*> defined() const;
    std::set<std::string> undefined() const;
};

// Throws a Failure when FILE is no relocatable object for RISC-V.
ObjectFacts read_object(const std::filesystem::path& file);

} // namespace lab
