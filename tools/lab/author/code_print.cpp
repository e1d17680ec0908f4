// What of an object is loaded, however its compiler numbered labels: equal prints do the same.
// SPDX-License-Identifier: MIT
#include "code_print.hpp"

#include "failure.hpp"
#include "sha256.hpp"
#include "text.hpp"

#include <algorithm>
#include <fcntl.h>
#include <gelf.h>
#include <memory>
#include <unistd.h>
#include <vector>

namespace lab {

namespace {

struct Section {
    Elf_Scn* scn;
    GElf_Shdr header;
    std::string name;
};

class Object {
public:
    explicit Object(const std::filesystem::path& file)
        : descriptor_(open(file.c_str(), O_RDONLY | O_CLOEXEC)),
          elf_(elf_version(EV_CURRENT) == EV_NONE ? nullptr
                                                  : elf_begin(descriptor_, ELF_C_READ, nullptr)) {
        std::size_t names = 0;
        if (!elf_ || elf_getshdrstrndx(elf_, &names) != 0)
            throw faultline::Failure(faultline::Exit::failed, file.string() + " is no object file",
                                     "Remove build/labs; it is built again.");
        sections_.push_back({nullptr, {}, ""});
        for (Elf_Scn* scn = nullptr; (scn = elf_nextscn(elf_, scn));) {
            GElf_Shdr header{};
            gelf_getshdr(scn, &header);
            const char* name = elf_strptr(elf_, names, header.sh_name);
            sections_.push_back({scn, header, name ? name : ""});
        }
    }
    ~Object() {
        elf_end(elf_);
        close(descriptor_);
    }
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;

    std::string print() const {
        std::vector<std::string> parts;
        for (const auto& section : sections_)
            if (section.scn && (section.header.sh_flags & SHF_ALLOC) != 0)
                parts.push_back(section.name + " " + content_of(section));
            else if (section.scn && section.header.sh_type == SHT_RELA &&
                     is_loaded(section.header.sh_info))
                parts.push_back(section.name + " " + relocations_of(section));
        std::ranges::sort(parts); // COMDAT sections come in any order
        std::string all;
        for (const auto& part : parts)
            all += part + "\n";
        return sha256_text(all);
    }

private:
    bool is_loaded(std::size_t index) const {
        return index < sections_.size() && (sections_[index].header.sh_flags & SHF_ALLOC) != 0;
    }

    static std::string content_of(const Section& section) {
        std::string text = std::to_string(section.header.sh_size) + " ";
        const Elf_Data* data = elf_getdata(section.scn, nullptr);
        if (data && data->d_buf && section.header.sh_type != SHT_NOBITS)
            text += sha256_text({static_cast<const char*>(data->d_buf), data->d_size});
        return text;
    }

    std::string name_of(std::size_t table, std::size_t index) const {
        GElf_Sym symbol{};
        if (table >= sections_.size() || !gelf_getsym(elf_getdata(sections_[table].scn, nullptr),
                                                      static_cast<int>(index), &symbol))
            return "?";
        const char* name = elf_strptr(elf_, sections_[table].header.sh_link, symbol.st_name);
        const bool own = !name || !*name || std::string_view(name).starts_with(".L");
        if (own && symbol.st_shndx < sections_.size())
            return sections_[symbol.st_shndx].name + "+" + faultline::hex(symbol.st_value);
        return name ? name : "?";
    }

    std::string relocations_of(const Section& section) const {
        std::string text;
        Elf_Data* data = elf_getdata(section.scn, nullptr);
        const auto count =
            section.header.sh_entsize ? section.header.sh_size / section.header.sh_entsize : 0;
        for (std::size_t i = 0; data && i < count; ++i) {
            GElf_Rela entry{};
            gelf_getrela(data, static_cast<int>(i), &entry);
            text += faultline::hex(entry.r_offset) + " " +
                    std::to_string(GELF_R_TYPE(entry.r_info)) + " " +
                    name_of(section.header.sh_link, GELF_R_SYM(entry.r_info)) + " " +
                    std::to_string(entry.r_addend) + "\n";
        }
        return text;
    }

    int descriptor_;
    Elf* elf_;
    std::vector<Section> sections_{};
};

} // namespace

std::string code_print(const std::filesystem::path& object) { return Object(object).print(); }

} // namespace lab
