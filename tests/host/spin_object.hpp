// Making relocatable objects by hand, and linking them with the SPIN kernel's linker.
// SPDX-License-Identifier: MIT
//
// Used by spin_linker_test.cpp.
#pragma once

#include "kernels/spin/link/relocate.hpp"
#include "world.hpp"

#include <string>

namespace spin_object {

using link::Part;

inline constexpr VirtAddr BASE(0xffffffc0c0000000);
inline constexpr std::uint64_t SLOT = 0x1000000;
inline constexpr char OFFERED[] = "offered";
inline constexpr VirtAddr OFFERED_AT(0xffffffc080201234);
inline constexpr link::Export EXPORTS[]{{OFFERED, sizeof(OFFERED) - 1, OFFERED_AT.raw()}};

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
            result.resize((result.size() + 7) / 8 * 8);
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
        const std::array offers{link::Offer(EXPORTS)};
        link::UsedOffers used = 0;
        return link::relocate(object, layout, spans, offers, used, complaint);
    }
};

} // namespace spin_object
