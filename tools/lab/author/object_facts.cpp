// What an object file defines, refers to and consists of.
// SPDX-License-Identifier: MIT
#include "object_facts.hpp"

#include "failure.hpp"

#include <fcntl.h>
#include <gelf.h>
#include <memory>
#include <unistd.h>

namespace lab {

using ElfHandle = std::unique_ptr<Elf, decltype(&elf_end)>;

static faultline::Failure refused(const std::filesystem::path& file, const char* why) {
    return {faultline::Exit::failed, file.filename().string() + " " + why,
            "It was made by a compiler just now; look at the compiler's messages."};
}

const ObjectSection* ObjectFacts::section_of(const ObjectSymbol& symbol) const {
    return symbol.section != 0 && symbol.section < sections.size() ? &sections[symbol.section]
                                                                   : nullptr;
}

std::map<std::string, const ObjectSymbol*> ObjectFacts::defined() const {
    std::map<std::string, const ObjectSymbol*> result;
    for (const auto& symbol : symbols)
        if (!symbol.is_local() && !symbol.is_undefined())
            result.emplace(symbol.name, &symbol);
    return result;
}

std::set<std::string> ObjectFacts::undefined() const {
    std::set<std::string> result;
    for (const auto& symbol : symbols)
        if (symbol.is_undefined())
            result.insert(symbol.name);
    return result;
}

static void read_symbols(Elf* elf, Elf_Scn* section, const GElf_Shdr& header, ObjectFacts& facts) {
    Elf_Data* data = elf_getdata(section, nullptr);
    const auto count = header.sh_entsize ? header.sh_size / header.sh_entsize : 0;
    for (std::uint64_t i = 0; data && i < count; ++i) {
        GElf_Sym symbol{};
        if (!gelf_getsym(data, static_cast<int>(i), &symbol))
            continue;
        const char* name = elf_strptr(elf, header.sh_link, symbol.st_name);
        const auto type = static_cast<unsigned>(GELF_ST_TYPE(symbol.st_info));
        if (name && *name && type != STT_SECTION && type != STT_FILE)
            facts.symbols.push_back({.name = name,
                                     .binding = static_cast<unsigned>(GELF_ST_BIND(symbol.st_info)),
                                     .type = type,
                                     .section = symbol.st_shndx,
                                     .value = symbol.st_value,
                                     .size = symbol.st_size});
    }
}

ObjectFacts read_object(const std::filesystem::path& file) {
    elf_version(EV_CURRENT);
    const int opened = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (opened < 0)
        throw refused(file, "cannot be read");
    const std::unique_ptr<const int, void (*)(const int*)> closer(
        &opened, [](const int* descriptor) { close(*descriptor); });
    const ElfHandle elf(elf_begin(opened, ELF_C_READ, nullptr), &elf_end);
    GElf_Ehdr header{};
    std::size_t names = 0;
    if (!elf || elf_kind(elf.get()) != ELF_K_ELF || !gelf_getehdr(elf.get(), &header) ||
        header.e_machine != EM_RISCV || header.e_type != ET_REL ||
        elf_getshdrstrndx(elf.get(), &names) != 0)
        throw refused(file, "is no object file for RISC-V");
    ObjectFacts facts;
    facts.sections.resize(1);
    std::vector<std::pair<Elf_Scn*, GElf_Shdr>> tables;
    for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf.get(), section));) {
        GElf_Shdr info{};
        if (!gelf_getshdr(section, &info))
            throw refused(file, "has a section that cannot be read");
        const char* name = elf_strptr(elf.get(), names, info.sh_name);
        facts.sections.push_back({.name = name ? name : "",
                                  .type = info.sh_type,
                                  .flags = info.sh_flags,
                                  .in_group = (info.sh_flags & SHF_GROUP) != 0});
        if (info.sh_type == SHT_SYMTAB)
            tables.emplace_back(section, info);
    }
    for (const auto& [section, info] : tables)
        read_symbols(elf.get(), section, info, facts);
    return facts;
}

} // namespace lab
