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

// Bindings and types that a compiler gives (psABI: as the System V ABI, figures 4-16 and 4-17; a
// unique one is GNU's for variables of templates). Whatever else an object has, keeps its number.
enum class Binding : std::uint8_t { local = 0, global = 1, weak = 2, unique = 10 };
enum class SymbolType : std::uint8_t { none, object, function, section, file };

struct Symbol {
    std::uint32_t name = 0;   // Object::name_of
    std::optional<Part> part; // where it is defined; none: elsewhere, or nowhere (absolute)
    Binding binding = Binding::local;
    SymbolType type = SymbolType::none;
    bool is_absolute = false; // `value` is all there is
    bool is_exported = false; // seen by the kernel
    bool is_offered = false;  // to other extensions: declared for them (visibility "default")
    std::uint64_t value = 0;  // offset in its part
    constexpr bool is_import() const { return !part && !is_absolute; }
};

// As it stands in the file.
struct Relocation {
    std::uint64_t offset; // in its part
    std::uint32_t type;
    std::uint32_t symbol; // index
    std::int64_t addend;
};
static_assert(sizeof(Relocation) == 24);

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
    // From here on symbols are seen outside the object; before it they are its own, whatever
    // binding they have.
    std::uint64_t first_global() const { return first_global_; }
    // Empty, also where the table of names does not hold it.
    std::string_view name_of(const Symbol& symbol) const;

    // What is to be patched in PART. malformed: no such relocation.
    Result<Relocation> relocation(Part part, std::uint64_t index) const {
        if (index >= relocation_count(part))
            return std::unexpected(Error::malformed);
        return entry_of<Relocation>(relocations_[index_of(part)], index);
    }
    std::uint64_t relocation_count(Part part) const {
        return relocations_[index_of(part)].size() / RELOCATION_BYTES;
    }

    // The symbol that the object exports as NAME. not_found; malformed.
    Result<Symbol> find(std::string_view name, Complaint& complaint) const;

private:
    static constexpr std::uint64_t SYMBOL_BYTES = 24;
    static constexpr std::uint64_t RELOCATION_BYTES = sizeof(Relocation);
    struct Header;
    struct Tables;

    Result<void> take_section(const Tables& tables, const Header& header, std::uint16_t index,
                              Complaint& complaint);
    Result<void> take_symbols(const Tables& tables, const Header& header, Complaint& complaint);
    Result<void> take_relocations(const Tables& tables, const Header& header, Complaint& complaint);
    [[gnu::cold, gnu::noinline]] static std::unexpected<Error>
    refuse_no_symbol(std::uint64_t index, Complaint& complaint);
    [[gnu::cold, gnu::noinline]] std::unexpected<Error>
    refuse_outside(const Symbol& symbol, std::uint64_t index, Complaint& complaint) const;

    std::optional<Part> part_of(std::uint32_t section) const {
        for (const Part part : PARTS)
            if (section != 0 && indices_[index_of(part)] == section)
                return part;
        return std::nullopt;
    }

    // Long tables are read an aligned doubleword at a time, many thousand times at each boot; they
    // were found to be aligned, and to have that many entries.
    template <class T>
    static T entry_of(Bytes table, std::uint64_t index) {
        T entry;
        const std::byte* const at = table.data() + index * sizeof(T);
        __builtin_memcpy(&entry, __builtin_assume_aligned(at, alignof(T)), sizeof(T));
        return entry;
    }

    std::array<Section, PARTS.size()> sections_{};
    std::array<std::uint16_t, PARTS.size()> indices_{}; // in the file's table; 0: not there
    std::array<Bytes, PARTS.size()> relocations_{};
    Bytes symbols_;
    std::uint64_t first_global_ = 0;
    Bytes names_;
};

} // namespace link
