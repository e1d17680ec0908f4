// May an object of a student's stand in the place of the pristine one?
// SPDX-License-Identifier: MIT
//
// Each rule is a function that adds sentences; what is not known to be harmless is refused.
#include "object_check.hpp"

#include "probe_config.hpp"
#include "visible.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cxxabi.h>
#include <elf.h>
#include <memory>
#include <string_view>

namespace lab {

namespace {

using Sentences = std::vector<std::string>;

// The watched function that SYMBOL stands for (`fault_receive`, `_Z13fault_receivev`), or "".
std::string traced_in(const std::string& symbol) {
    for (std::string function : faultline::traced_functions())
        if (symbol == function ||
            symbol.starts_with("_Z" + std::to_string(function.size()) + function))
            return function;
    return "";
}

bool is_traced(const std::string& symbol) { return !traced_in(symbol).empty(); }

struct SectionRule {
    std::string_view name; // or what it begins with, before a dot
    std::uint32_t type;
    std::uint64_t flags; // those that count
};

constexpr std::uint64_t COUNTING = SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR;
constexpr std::array SECTIONS = {
    SectionRule{".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR},
    SectionRule{".rodata", SHT_PROGBITS, SHF_ALLOC},
    SectionRule{".srodata", SHT_PROGBITS, SHF_ALLOC},
    SectionRule{".data", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE},
    SectionRule{".sdata", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE},
    SectionRule{".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE},
    SectionRule{".sbss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE},
    SectionRule{".comment", SHT_PROGBITS, 0},
    SectionRule{".note.GNU-stack", SHT_PROGBITS, 0},
    SectionRule{".riscv.attributes", SHT_RISCV_ATTRIBUTES, 0},
    SectionRule{".group", SHT_GROUP, 0},
    SectionRule{".symtab", SHT_SYMTAB, 0},
    SectionRule{".strtab", SHT_STRTAB, 0},
    SectionRule{".shstrtab", SHT_STRTAB, 0},
};
// Sections whose code a loader or a kernel would call before all else.
constexpr std::array<std::string_view, 6> EARLY = {".init_array", ".preinit_array", ".ctors",
                                                   ".dtors",      ".fini_array",    ".init"};

bool begins(std::string_view name, std::string_view with) {
    return name == with || (name.starts_with(with) && name[with.size()] == '.');
}

bool is_usual(const ObjectSection& section) {
    const std::string_view name = section.name;
    if (section.type == SHT_RELA)
        return name.starts_with(".rela.");
    if (name.starts_with(".debug_"))
        return (section.flags & COUNTING) == 0 && section.type == SHT_PROGBITS;
    if (name == ".text.boot") // what the firmware jumps to
        return false;
    return std::ranges::any_of(SECTIONS, [&](const SectionRule& rule) {
        return begins(name, rule.name) && section.type == rule.type &&
               (section.flags & COUNTING) == rule.flags;
    });
}

void check_sections(const ObjectFacts& made, const ObjectFacts& pristine, Sentences& problems) {
    for (std::size_t i = 1; i < made.sections.size(); ++i) {
        const ObjectSection& section = made.sections[i];
        const bool is_starters =
            std::ranges::any_of(pristine.sections, [&](const ObjectSection& one) {
                return one.name == section.name && one.type == section.type &&
                       one.flags == section.flags;
            });
        if (is_starters || is_usual(section))
            continue;
        const bool early = std::ranges::any_of(
            EARLY, [&](std::string_view name) { return begins(section.name, name); });
        problems.push_back("has a section " + faultline::visible(section.name) +
                           (early ? ", whose code would run before the kernel"
                                  : ", which the starter's has not in this way"));
    }
}

// The name says it already, or somebody else.
std::string whose(const std::string& name, const std::string& object, const ImageNames& names) {
    if (is_traced(name))
        return "a function that the probe watches";
    const auto found = names.strong.find(name);
    if (found != names.strong.end())
        for (const auto& other : found->second)
            if (other != object)
                return "which is " + other.substr(other.rfind('/') + 1) + "'s to define";
    return "a name that other parts of the image use";
}

void check_definition(const ObjectSymbol& symbol, const ObjectSymbol* was, bool in_group,
                      const std::string& object, const ImageNames& names, Sentences& problems) {
    const std::string name = plain_name(symbol.name);
    const auto strong = names.strong.find(symbol.name);
    const bool is_others = strong != names.strong.end() &&
                           std::ranges::any_of(strong->second, [&](const std::string& other) {
                               return other != object;
                           });
    if (symbol.type == STT_GNU_IFUNC || symbol.section == SHN_ABS || symbol.section == SHN_COMMON)
        problems.push_back("defines " + name +
                           " as what the loader finds out, not as a function "
                           "or a variable");
    else if (symbol.name.find('@') != std::string::npos)
        problems.push_back("defines " + name + ", a version of a name");
    else if (was && was->type != symbol.type)
        problems.push_back("makes " + name + " another kind of thing than the starter's");
    else if (!was && (is_traced(symbol.name) || is_others))
        problems.push_back("defines " + name + ", " + whose(symbol.name, object, names));
    else if (!was && !in_group && names.known.contains(symbol.name))
        problems.push_back("defines " + name + ", " + whose(symbol.name, object, names));
}

void check_definitions(const ObjectFacts& made, const ObjectFacts& pristine,
                       const std::string& object, const ImageNames& names, Sentences& problems) {
    const auto before = pristine.defined();
    for (const auto& [name, symbol] : made.defined()) {
        const auto was = before.find(name);
        const auto* section = made.section_of(*symbol);
        check_definition(*symbol, was == before.end() ? nullptr : was->second,
                         section && section->in_group && symbol->binding != STB_GLOBAL, object,
                         names, problems);
    }
    std::set<std::string> locals;
    for (const auto& symbol : pristine.symbols)
        if (symbol.is_local())
            locals.insert(symbol.name);
    for (const auto& symbol : made.symbols)
        if (symbol.is_local() && !locals.contains(symbol.name) &&
            (is_traced(symbol.name) || names.known.contains(symbol.name)))
            problems.push_back("has a symbol " + plain_name(symbol.name) + " of its own, " +
                               whose(symbol.name, object, names));
}

void check_aliases(const ObjectFacts& made, Sentences& problems) {
    for (const auto& stage : made.symbols) {
        if (stage.is_undefined() || !is_traced(stage.name))
            continue;
        for (const auto& other : made.symbols)
            // $x and $d are the assembler's marks of code and data.
            if (other.section == stage.section && other.value == stage.value &&
                other.name != stage.name && !other.name.starts_with('$') &&
                !other.name.starts_with(".L"))
                problems.push_back("makes " + plain_name(other.name) + " and " +
                                   plain_name(stage.name) + " one and the same");
        const auto* section = made.section_of(stage);
        if (!section || (section->flags & SHF_EXECINSTR) == 0)
            problems.push_back("puts " + plain_name(stage.name) + " where no code is");
    }
}

// Who calls a stage that the starter does not call would have the probe see a road that was not
// taken. A starter may have lost a call together with what was cut out of it: then its text has it.
void check_calls(const ObjectFacts& made, const Original& original, Sentences& problems) {
    const bool writes_stages =
        std::ranges::any_of(original.facts.symbols, [](const ObjectSymbol& one) {
            return !one.is_undefined() && is_traced(one.name);
        });
    const auto before = original.facts.undefined();
    for (const auto& name : made.undefined())
        if (is_traced(name) && !writes_stages && !before.contains(name) &&
            original.source.find(traced_in(name)) == std::string::npos)
            problems.push_back("calls " + plain_name(name) + ", a function that the probe watches");
}

} // namespace

std::string plain_name(const std::string& symbol) {
    int status = 0;
    const std::unique_ptr<char, void (*)(void*)> text(
        abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), std::free);
    return faultline::visible(status == 0 && text ? text.get() : symbol);
}

ImageNames names_of(const BuildPlan& pristine, const LinkStep& link) {
    ImageNames names;
    std::set<std::string> of_objects;
    for (const auto& object : pristine.objects_of(link)) {
        const ObjectFacts facts = read_object(pristine.guest / object);
        for (const auto& symbol : facts.symbols) {
            of_objects.insert(symbol.name);
            if (symbol.is_local())
                continue;
            names.known.insert(symbol.name);
            if (!symbol.is_undefined() && symbol.binding == STB_GLOBAL)
                names.strong[symbol.name].insert(object);
        }
    }
    // What no object defines, the linker's script does.
    for (const auto& [name, symbol] : faultline::load_symbols(pristine.guest / link.image).by_name)
        if (!of_objects.contains(name))
            names.known.insert(name);
    return names;
}

std::vector<std::string> problems_of(const ObjectFacts& made, const Original& original,
                                     const ImageNames& names) {
    Sentences problems;
    check_sections(made, original.facts, problems);
    check_definitions(made, original.facts, original.object, names, problems);
    check_aliases(made, problems);
    check_calls(made, original, problems);
    return problems;
}

} // namespace lab
