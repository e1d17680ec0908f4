// Checking a relocatable object before anything of it is used.
// SPDX-License-Identifier: MIT
#include "kernels/spin/link/object.hpp"

#include "lib/address.hpp"

namespace link {
namespace {

// Field offsets as in lib/elf.cpp (System V ABI, figures 4-3, 4-8, 4-15, 4-19; 64-bit).
constexpr std::uint32_t MAGIC = 0x464c457f; // 0x7f 'E' 'L' 'F'
constexpr std::uint8_t CLASS_64 = 2;
constexpr std::uint8_t LEAST_BYTE_FIRST = 1;
constexpr std::uint16_t TYPE_RELOCATABLE = 1;
constexpr std::uint16_t MACHINE_RISCV = 243;
constexpr std::uint64_t SECTION_HEADER_BYTES = 64;

// Section types and flags.
constexpr std::uint32_t PROGRAM_BITS = 1;
constexpr std::uint32_t SYMBOL_TABLE = 2;
constexpr std::uint32_t STRING_TABLE = 3;
constexpr std::uint32_t RELOCATIONS = 4; // with addends
constexpr std::uint32_t NO_BITS = 8;
constexpr std::uint32_t RELOCATIONS_WITHOUT_ADDENDS = 9;
constexpr std::uint64_t WRITABLE = 1;
constexpr std::uint64_t LOADED = 2;
constexpr std::uint64_t EXECUTABLE = 4;

// Section numbers that name no section.
constexpr std::uint16_t UNDEFINED = 0;
constexpr std::uint16_t ABSOLUTE = 0xfff1;

constexpr auto LOCAL = static_cast<std::uint8_t>(Binding::local);
constexpr auto GLOBAL = static_cast<std::uint8_t>(Binding::global);

// The visibility (bits 1..0 of st_other) of what is not hidden.
constexpr std::uint8_t DEFAULT_VISIBILITY = 0;

struct Kind {
    std::string_view name;
    std::uint32_t type;
    std::uint64_t flags;
};
constexpr std::array<Kind, PARTS.size()> KINDS{{
    {".text", PROGRAM_BITS, LOADED | EXECUTABLE},
    {".rodata", PROGRAM_BITS, LOADED},
    {".data", PROGRAM_BITS, LOADED | WRITABLE},
    {".bss", NO_BITS, LOADED | WRITABLE},
}};

struct SymbolEntry {
    std::uint32_t name;
    std::uint8_t information; // binding, type
    std::uint8_t other;       // visibility
    std::uint16_t section;
    std::uint64_t value;
    std::uint64_t bytes;
};
static_assert(sizeof(SymbolEntry) == 24);

// The long tables are read an aligned doubleword at a time, many thousand times at each boot.
bool is_aligned(Bytes table) {
    return reinterpret_cast<std::uintptr_t>(table.data()) % sizeof(std::uint64_t) == 0;
}

// The text at OFFSET of a string table, up to its zero.
Result<std::string_view> text_at(Bytes table, std::uint64_t offset) {
    const Bytes rest =
        TRY(slice(table, offset, offset <= table.size() ? table.size() - offset : 0));
    const std::string_view text(reinterpret_cast<const char*>(rest.data()), rest.size());
    const auto length = text.find('\0');
    if (length == std::string_view::npos)
        return std::unexpected(Error::malformed);
    return text.substr(0, length);
}

std::optional<Part> part_named(std::string_view name) {
    for (const Part part : PARTS)
        if (KINDS[index_of(part)].name == name)
            return part;
    return std::nullopt;
}

} // namespace

// One entry of the section table.
struct Object::Header {
    std::string_view name;
    std::uint32_t type;
    std::uint64_t flags;
    std::uint64_t offset;
    std::uint64_t bytes;
    std::uint32_t link;
    std::uint32_t info;
    std::uint64_t alignment;
    std::uint64_t entry_bytes;
};

// The section table, and the table of the sections' names.
struct Object::Tables {
    Bytes file;
    Bytes headers;
    Bytes names;
    std::uint16_t count;

    static Result<Tables> parse(Bytes file) {
        const bool known = TRY(load<std::uint32_t>(file, 0)) == MAGIC &&
                           TRY(load<std::uint8_t>(file, 4)) == CLASS_64 &&
                           TRY(load<std::uint8_t>(file, 5)) == LEAST_BYTE_FIRST &&
                           TRY(load<std::uint16_t>(file, 16)) == TYPE_RELOCATABLE &&
                           TRY(load<std::uint16_t>(file, 18)) == MACHINE_RISCV &&
                           TRY(load<std::uint16_t>(file, 58)) == SECTION_HEADER_BYTES;
        if (!known)
            return std::unexpected(Error::malformed);
        const auto count = TRY(load<std::uint16_t>(file, 60));
        const auto start = TRY(load<std::uint64_t>(file, 40));
        Tables tables{file, TRY(slice(file, start, count * SECTION_HEADER_BYTES)), {}, count};
        const Header names = TRY(tables.header(TRY(load<std::uint16_t>(file, 62))));
        tables.names = TRY(tables.contents(names));
        return tables;
    }

    Result<Header> header(std::uint32_t index) const {
        const Bytes entry = TRY(slice(headers, index * SECTION_HEADER_BYTES, SECTION_HEADER_BYTES));
        const auto name = TRY(load<std::uint32_t>(entry, 0));
        return Header{
            // The table of names is itself found through a header.
            .name = names.empty() ? std::string_view() : TRY(text_at(names, name)),
            .type = TRY(load<std::uint32_t>(entry, 4)),
            .flags = TRY(load<std::uint64_t>(entry, 8)),
            .offset = TRY(load<std::uint64_t>(entry, 24)),
            .bytes = TRY(load<std::uint64_t>(entry, 32)),
            .link = TRY(load<std::uint32_t>(entry, 40)),
            .info = TRY(load<std::uint32_t>(entry, 44)),
            .alignment = TRY(load<std::uint64_t>(entry, 48)),
            .entry_bytes = TRY(load<std::uint64_t>(entry, 56)),
        };
    }

    Result<Bytes> contents(const Header& header) const {
        return slice(file, header.offset, header.bytes);
    }
};

Rights rights_of(Part part) {
    switch (part) {
    case Part::text:
        return Rights::read_execute();
    case Part::rodata:
        return Rights::read();
    case Part::data:
    case Part::bss:
        return Rights::read_write();
    }
    return Rights::none();
}

// A section that is to be in memory: one of the four, once each.
Result<void> Object::take_section(const Tables& tables, const Header& header, std::uint16_t index,
                                  Complaint& complaint) {
    const std::optional<Part> part = part_named(header.name);
    if (!part && header.bytes == 0)
        return {};
    if (!part)
        return refuse(complaint, Error::not_permitted, "a section that an extension may not have",
                      header.name);
    const Kind& kind = KINDS[index_of(*part)];
    const bool as_named = header.type == kind.type && header.flags == kind.flags;
    if (!as_named || header.alignment > PAGE_SIZE || indices_[index_of(*part)] != 0)
        return refuse(complaint, Error::malformed, "a section that is not what its name says",
                      header.name);
    indices_[index_of(*part)] = index;
    sections_[index_of(*part)] = {
        .contents = *part == Part::bss ? Bytes() : TRY(tables.contents(header)),
        .bytes = header.bytes,
    };
    return {};
}

Result<void> Object::take_symbols(const Tables& tables, const Header& header,
                                  Complaint& complaint) {
    const Header names = TRY(tables.header(header.link));
    const bool sound = header.entry_bytes == SYMBOL_BYTES && header.bytes % SYMBOL_BYTES == 0 &&
                       names.type == STRING_TABLE && symbols_.empty();
    if (!sound)
        return refuse(complaint, Error::malformed, "a symbol table that is none", header.name);
    symbols_ = TRY(tables.contents(header));
    first_global_ = header.info;
    names_ = TRY(tables.contents(names));
    if (!is_aligned(symbols_))
        return refuse(complaint, Error::malformed, "a table that is not aligned", header.name);
    return {};
}

// Relocations of a part; those of other sections (debug information) are nobody's business here.
Result<void> Object::take_relocations(const Tables& tables, const Header& header,
                                      Complaint& complaint) {
    const std::optional<Part> part = part_of(header.info);
    if (!part)
        return {};
    const bool sound = header.type == RELOCATIONS && header.entry_bytes == RELOCATION_BYTES &&
                       header.bytes % RELOCATION_BYTES == 0 && *part != Part::bss &&
                       relocations_[index_of(*part)].empty();
    if (!sound)
        return refuse(complaint, Error::malformed, "a relocation table that is none", header.name);
    relocations_[index_of(*part)] = TRY(tables.contents(header));
    if (!is_aligned(relocations_[index_of(*part)]))
        return refuse(complaint, Error::malformed, "a table that is not aligned", header.name);
    return {};
}

Result<Object> Object::parse(Bytes file, Complaint& complaint) {
    complaint = {.what = "not a relocatable RISC-V object, or one whose tables leave the file"};
    Object object;
    const Tables tables = TRY(Tables::parse(file));
    for (std::uint16_t index = 1; index < tables.count; ++index) {
        const Header header = TRY(tables.header(index));
        if ((header.flags & LOADED) != 0)
            TRY(object.take_section(tables, header, index, complaint));
        else if (header.type == SYMBOL_TABLE)
            TRY(object.take_symbols(tables, header, complaint));
    }
    // Relocations refer to sections, which are all known only now.
    for (std::uint16_t index = 1; index < tables.count; ++index) {
        const Header header = TRY(tables.header(index));
        if (header.type == RELOCATIONS || header.type == RELOCATIONS_WITHOUT_ADDENDS)
            TRY(object.take_relocations(tables, header, complaint));
    }
    return object;
}

std::string_view Object::name_of(const Symbol& symbol) const {
    return text_at(names_, symbol.name).value_or(std::string_view());
}

Result<Symbol> Object::symbol(std::uint64_t index, Complaint& complaint) const {
    if (index >= symbol_count()) [[unlikely]]
        return refuse_no_symbol(index, complaint);
    const auto entry = entry_of<SymbolEntry>(symbols_, index);
    const bool is_global = index >= first_global_ && entry.information >> 4 != LOCAL;
    const bool is_default =
        entry.information >> 4 == GLOBAL && (entry.other & 3) == DEFAULT_VISIBILITY;
    const Symbol symbol{
        .name = entry.name,
        .part = part_of(entry.section),
        .binding = static_cast<Binding>(entry.information >> 4),
        .type = static_cast<SymbolType>(entry.information & 0xf),
        .is_absolute = entry.section == ABSOLUTE,
        .is_exported = is_global && entry.section != UNDEFINED,
        .is_offered = is_global && is_default && entry.section != UNDEFINED,
        .value = entry.value,
    };
    const bool is_inside = symbol.part ? symbol.value <= sections_[index_of(*symbol.part)].bytes
                                       : symbol.is_absolute || entry.section == UNDEFINED;
    if (!is_inside) [[unlikely]]
        return refuse_outside(symbol, index, complaint);
    return symbol;
}

// Apart from the above, which is short so.
std::unexpected<Error> Object::refuse_no_symbol(std::uint64_t index, Complaint& complaint) {
    return refuse(complaint, Error::malformed, "a symbol that the symbol table does not hold", {},
                  index);
}
std::unexpected<Error> Object::refuse_outside(const Symbol& symbol, std::uint64_t index,
                                              Complaint& complaint) const {
    return refuse(complaint, Error::malformed, "a symbol outside the loaded sections",
                  name_of(symbol), index);
}

Result<Symbol> Object::find(std::string_view name, Complaint& complaint) const {
    for (std::uint64_t index = first_global_; index < symbol_count(); ++index) {
        const Result<Symbol> symbol = this->symbol(index, complaint);
        if (symbol && symbol->is_exported && symbol->part && name_of(*symbol) == name)
            return *symbol;
    }
    return refuse(complaint, Error::not_found, "an extension exports this name, this one does not",
                  name);
}

} // namespace link
