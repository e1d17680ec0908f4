// What an object defines: no name that is another's, and its start once.
// SPDX-License-Identifier: MIT
//
// Imports are found by name (relocate.cpp), the kernel's and the compiler's alike, so nobody else
// may have one of these names. Names that the object keeps to itself are not looked at here.
#include "kernels/spin/link/check.hpp"

#include <algorithm>
#include <array>

namespace link {
namespace {

constexpr std::string_view START = "extension_start";

// What debuggers, the probe and the kernel take for a stage of a fault or a station of a call
// (docs/probe.md).
constexpr std::array<std::string_view, 9> STAGES{"fault_receive", "fault_dispatch", "fault_resolve",
                                                 "fault_frame",   "fault_fill",     "fault_install",
                                                 "fault_resume",  "call_serve",     "call_wait"};

// What GCC calls by itself, or what libstdc++ expects, and the kernel does not export.
constexpr std::array<std::string_view, 18> RUNTIME{
    "abort",   "atexit",  "bcmp",    "bcopy",  "bzero",  "calloc", "exit",   "free",   "malloc",
    "realloc", "memccpy", "mempcpy", "stpcpy", "strcat", "strchr", "strcmp", "strcpy", "strncpy"};
// The compiler's own; then operators new and delete, but for the one that constructs in a place
// that is there, which <new> defines.
constexpr std::array<std::string_view, 6> RUNTIME_PREFIXES{"__",   "_Unwind_", "_Znw",
                                                           "_Zna", "_Zdl",     "_Zda"};
constexpr std::string_view CONSTRUCT = "_ZnwmPv";
// Functions of the standard library are templates, of which each object has copies (weak ones), or
// they are these, which the build itself puts into each (lib/assertions.cpp, lib/throwing.cpp).
constexpr std::array<std::string_view, 5> STANDARD_PREFIXES{"_ZSt", "_ZNSt", "_ZNKSt",
                                                            "_ZN9__gnu_cxx", "_ZNK9__gnu_cxx"};
constexpr std::array<std::string_view, 3> OF_THE_BUILD{"_ZSt21__glibcxx_assert_failPKciS0_S0_",
                                                       "_ZSt24__throw_out_of_range_fmtPKcz",
                                                       "_ZSt9terminatev"};

// Of whatever type: the kernel asks for the one with the hash of its own (../extension.cpp).
bool is_start(std::string_view name) { return without_hash(name) == START; }

bool is_in(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}
bool begins_with(std::span<const std::string_view> prefixes, std::string_view name) {
    return std::ranges::any_of(prefixes, [&](std::string_view p) { return name.starts_with(p); });
}

// Names that are the kernel's. Most others are not even compared.
class Reserved {
public:
    explicit Reserved(std::span<const Export> exports) : exports_(exports) {
        for (const Export& one : exports)
            seen_[place_of(base_of(one)) / 64] |= bit(base_of(one));
    }
    // Whatever it means there: with that hash, with another, or with none.
    bool has(std::string_view name) const {
        const std::string_view base = without_hash(name);
        return (seen_[place_of(base) / 64] & bit(base)) != 0 &&
               std::ranges::find(exports_, base, base_of) != exports_.end();
    }

private:
    static std::string_view base_of(const Export& one) { return without_hash(one.name()); }
    static std::size_t place_of(std::string_view name) {
        const auto last = static_cast<unsigned char>(name.empty() ? '\0' : name.back());
        return (name.size() * 5 + last) % 256;
    }
    static std::uint64_t bit(std::string_view name) {
        return std::uint64_t{1} << place_of(name) % 64;
    }

    std::span<const Export> exports_;
    std::array<std::uint64_t, 4> seen_{};
};

class Names {
public:
    Names(const Subject& subject, const Reserved& reserved)
        : subject_(subject), reserved_(reserved) {}

    Result<void> check(const Symbol& symbol) {
        const std::string_view name = subject_.object.name_of(symbol);
        if (symbol.is_import())
            return check_import(symbol, name);
        TRY(check_kind(symbol, name));
        if (reserved_.has(name))
            return refuse("defines a name that is the kernel's", name);
        if (is_in(RUNTIME, name) || (begins_with(RUNTIME_PREFIXES, name) && name != CONSTRUCT))
            return refuse("defines a name that is the compiler's", name);
        if (symbol.binding == Binding::global && begins_with(STANDARD_PREFIXES, name) &&
            !is_in(OF_THE_BUILD, name))
            return refuse("defines a name that is the standard library's", name);
        if (is_start(name) || is_in(STAGES, name))
            return check_stage(symbol, name);
        return {};
    }

    Result<void> check_start() const {
        if (starts_ == 0)
            return link::refuse(subject_.complaint, Error::not_found,
                                "an extension exports this name, this one does not", START);
        return {};
    }

private:
    Result<void> check_import(const Symbol& symbol, std::string_view name) const {
        if (symbol.binding != Binding::global || symbol.type != SymbolType::none)
            return refuse("an import that is weak, or has a type", name);
        return {};
    }

    // Functions are in the text, variables are not, and there is nothing else: no TLS, no IFUNC.
    Result<void> check_kind(const Symbol& symbol, std::string_view name) const {
        if (symbol.is_absolute)
            return refuse("a symbol that is a number", name);
        const bool is_usual = symbol.binding == Binding::global ||
                              symbol.binding == Binding::weak || symbol.binding == Binding::unique;
        if (!is_usual || (symbol.type != SymbolType::function && symbol.type != SymbolType::object))
            return refuse("a symbol of a type that an extension may not have", name);
        if ((symbol.part == Part::text) != (symbol.type == SymbolType::function))
            return refuse("a function outside the text, or a variable in it", name);
        if (symbol.part == Part::text && !subject_.marks.add_target(symbol.value))
            return refuse("a function between two instructions", name);
        return {};
    }

    Result<void> check_stage(const Symbol& symbol, std::string_view name) {
        if (symbol.type != SymbolType::function)
            return refuse("a stage that is no function", name);
        if (!is_start(name))
            return {};
        if (symbol.binding != Binding::global || ++starts_ > 1)
            return refuse("a start that is weak, or not the only one", name);
        return {};
    }

    Result<void> refuse(std::string_view what, std::string_view name) const {
        return link::refuse(subject_.complaint, Error::not_permitted, what, name);
    }

    const Subject& subject_;
    const Reserved& reserved_;
    unsigned starts_ = 0;
};

} // namespace

Result<void> check_names(const Subject& subject, std::span<const Export> reserved) {
    const Reserved kernels(reserved);
    Names names(subject, kernels);
    const Object& object = subject.object;
    for (std::uint64_t i = object.first_global(); i < object.symbol_count(); ++i) {
        const Symbol symbol = TRY(object.symbol(i, subject.complaint));
        if (i != 0 && symbol.binding != Binding::local)
            TRY(names.check(symbol));
    }
    return names.check_start();
}

} // namespace link
