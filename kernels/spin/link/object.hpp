// A relocatable object: four sections, its symbols, and what is to be patched in them.
// SPDX-License-Identifier: MIT
//
// Pure code, also compiled for the host. An object is not trusted: `parse` checks its tables
// against the file's size, and what is handed out later is checked against the sections. Names
// after the System V ABI, chapter 4, and the RISC-V ELF psABI, chapter 8. Before: ../domain.cpp
// with a file from the initial RAM disk. Next: relocate.cpp.
#pragma once

#include "kernels/spin/link/complaint.hpp"
#include "lib/codec.hpp"
#include "lib/fault.hpp"

#include <array>
#include <optional>

namespace link {

// The parts of an extension, in the order in which they stand in memory. The build merges all
// sections of an object into these.
enum class Part : std::uint8_t { text, rodata, data, bss };
inline constexpr std::array PARTS{Part::text, Part::rodata, Part::data, Part::bss};
constexpr std::size_t index_of(Part part) { return static_cast<std::size_t>(part); }
Rights rights_of(Part part);

struct Section {
    Bytes contents;          // of .bss: none
    std::uint64_t bytes = 0; // in memory
};

struct Symbol {
    std::string_view name;
    std::optional<Part> part; // where it is defined; none: elsewhere, or nowhere (absolute)
    bool is_absolute = false; // `value` is all there is
    bool is_exported = false; // seen by the kernel
    bool is_offered = false;  // to other extensions: declared for them (visibility "default")
    std::uint64_t value = 0;  // offset in its part
    constexpr bool is_import() const { return !part && !is_absolute; }
};

struct Relocation {
    std::uint64_t offset; // in its part
    std::uint32_t type;
    std::uint32_t symbol; // index
    std::int64_t addend;
};

class Object {
public:
    // malformed: not a relocatable RISC-V object of 64 bits, or one whose tables leave the file;
    // not_permitted: a section that would be loaded and is not one of the four, constructors for
    // instance.
    static Result<Object> parse(Bytes file, Complaint& complaint);

    const Section& section(Part part) const { return sections_[index_of(part)]; }

    // malformed: no such symbol, or one that lies outside its section.
    Result<Symbol> symbol(std::uint64_t index, Complaint& complaint) const;
    std::uint64_t symbol_count() const { return symbols_.size() / SYMBOL_BYTES; }
    // Whether symbol INDEX, if it is well-formed, is offered to others. Most are not, and this
    // tells without reading the rest.
    bool may_be_offered(std::uint64_t index) const;

    // What is to be patched in PART. malformed: no such relocation.
    Result<Relocation> relocation(Part part, std::uint64_t index) const;
    std::uint64_t relocation_count(Part part) const {
        return relocations_[index_of(part)].size() / RELOCATION_BYTES;
    }

    // The symbol that the object exports as NAME. not_found; malformed.
    Result<Symbol> find(std::string_view name, Complaint& complaint) const;

private:
    static constexpr std::uint64_t SYMBOL_BYTES = 24;
    static constexpr std::uint64_t RELOCATION_BYTES = 24;
    struct Header;
    struct Tables;

    Result<void> take_section(const Tables& tables, const Header& header, std::uint16_t index,
                              Complaint& complaint);
    Result<void> take_symbols(const Tables& tables, const Header& header, Complaint& complaint);
    Result<void> take_relocations(const Tables& tables, const Header& header, Complaint& complaint);
    std::optional<Part> part_of(std::uint32_t section) const;

    std::array<Section, PARTS.size()> sections_{};
    std::array<std::uint16_t, PARTS.size()> indices_{}; // in the file's table; 0: not there
    std::array<Bytes, PARTS.size()> relocations_{};
    Bytes symbols_;
    Bytes names_;
};

} // namespace link
