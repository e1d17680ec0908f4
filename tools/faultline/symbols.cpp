// Addresses and names out of the guest's ELF files.
// SPDX-License-Identifier: MIT
//
// Uses libelf, so the host's own byte order and word size do not matter.
#include "symbols.hpp"

#include "failure.hpp"

#include <algorithm>
#include <fcntl.h>
#include <gelf.h>
#include <limits>
#include <memory>
#include <unistd.h>

namespace faultline {

namespace {

struct OpenFile {
    int descriptor;
    explicit OpenFile(const std::filesystem::path& path)
        : descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (descriptor >= 0)
            close(descriptor);
    }
};

using ElfHandle = std::unique_ptr<Elf, decltype(&elf_end)>;

Failure refused(const std::filesystem::path& file, const std::string& why) {
    return Failure(Exit::failed, file.string() + ": " + why,
                   "Build again; if it persists remove the build folder first: rm -r build");
}

void read_range(Elf* elf, Symbols& symbols) {
    std::size_t count = 0;
    elf_getphdrnum(elf, &count);
    Range range{std::numeric_limits<std::uint64_t>::max(), 0};
    for (std::size_t i = 0; i < count; ++i) {
        GElf_Phdr segment{};
        if (!gelf_getphdr(elf, static_cast<int>(i), &segment) || segment.p_type != PT_LOAD ||
            segment.p_memsz == 0)
            continue;
        range.low = std::min(range.low, segment.p_vaddr);
        range.high = std::max(range.high, segment.p_vaddr + segment.p_memsz);
    }
    if (range.low >= range.high)
        throw refused(symbols.file, "has no loadable segment");
    symbols.range = range;
}

void read_names(Elf* elf, Symbols& symbols) {
    for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf, section));) {
        GElf_Shdr header{};
        if (!gelf_getshdr(section, &header) || header.sh_type != SHT_SYMTAB || !header.sh_entsize)
            continue;
        Elf_Data* data = elf_getdata(section, nullptr);
        const auto count = static_cast<int>(header.sh_size / header.sh_entsize);
        for (int i = 0; data && i < count; ++i) {
            GElf_Sym symbol{};
            if (!gelf_getsym(data, i, &symbol) || symbol.st_shndx == SHN_UNDEF)
                continue;
            const char* name = elf_strptr(elf, header.sh_link, symbol.st_name);
            if (name && *name)
                symbols.by_name.emplace(name, Symbol{symbol.st_value, symbol.st_size});
        }
    }
}

} // namespace

std::optional<Symbol> Symbols::find(const std::string& name) const {
    const auto found = by_name.find(name);
    return found == by_name.end() ? std::nullopt : std::optional(found->second);
}

Symbols load_symbols(const std::filesystem::path& file) {
    elf_version(EV_CURRENT);
    const OpenFile opened(file);
    if (opened.descriptor < 0)
        throw refused(file, "cannot be read");
    const ElfHandle elf(elf_begin(opened.descriptor, ELF_C_READ, nullptr), &elf_end);
    GElf_Ehdr header{};
    if (!elf || elf_kind(elf.get()) != ELF_K_ELF || !gelf_getehdr(elf.get(), &header))
        throw refused(file, "is not an ELF file");
    if (header.e_machine != EM_RISCV || header.e_type != ET_EXEC)
        throw refused(file, "is not a linked RISC-V program");
    Symbols symbols{.file = file, .entry = header.e_entry, .range = {}, .by_name = {}};
    read_range(elf.get(), symbols);
    read_names(elf.get(), symbols);
    return symbols;
}

} // namespace faultline
