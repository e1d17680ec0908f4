// The lists of allowed names.
// SPDX-License-Identifier: MIT
#include "allowed.hpp"

#include <regex>

namespace safe {

using Names = std::set<std::string>;

const Names& allowed_std_headers() {
    static const Names all{"algorithm", "array",       "bit",     "compare",
                           "concepts",  "cstddef",     "cstdint", "expected",
                           "limits",    "optional",    "span",    "string_view",
                           "tuple",     "type_traits", "utility", "variant"};
    return all;
}

const Names& allowed_std_names() {
    static const Names all{
        // values and views
        "array", "span", "dynamic_extent", "string_view", "optional", "nullopt", "nullopt_t",
        "expected", "unexpected", "unexpect", "pair", "make_pair", "tuple", "variant", "monostate",
        "holds_alternative", "visit", "get", "in_place", "ignore",
        // numbers
        "byte", "to_integer", "size_t", "ptrdiff_t", "int8_t", "int16_t", "int32_t", "int64_t",
        "uint8_t", "uint16_t", "uint32_t", "uint64_t", "numeric_limits", "min", "max", "clamp",
        "popcount", "countl_zero", "countr_zero", "bit_width", "bit_floor", "has_single_bit",
        "rotl", "rotr", "endian", "in_range", "cmp_equal", "cmp_not_equal", "cmp_less",
        "cmp_greater", "cmp_less_equal", "cmp_greater_equal", "to_underlying",
        // orderings
        "strong_ordering", "weak_ordering", "partial_ordering",
        // moving values
        "move", "forward", "exchange", "swap", "as_const",
        // whole ranges, with a value as their answer
        "ranges::any_of", "ranges::all_of", "ranges::none_of", "ranges::count", "ranges::count_if",
        "ranges::equal", "ranges::min", "ranges::max",
        // questions about types
        "same_as", "default_initializable", "equality_comparable", "integral", "unsigned_integral",
        "signed_integral", "convertible_to", "underlying_type_t", "make_unsigned_t",
        "make_signed_t", "remove_cvref_t", "common_type_t"};
    return all;
}

const Names& allowed_attributes() {
    static const Names all{"nodiscard",   "maybe_unused", "likely",       "unlikely",
                           "fallthrough", "gnu::cold",    "gnu::noinline"};
    return all;
}

using Homes = std::map<std::string, std::string>;

// The other stages of a fault are the kernels'.
const Homes& stage_homes() {
    static const Homes all{{"fault_resolve", "services/vm/fault.hpp"},
                           {"fault_frame", "services/vm/fault.hpp"},
                           {"fault_fill", "services/vm/fault.hpp"},
                           {"call_serve", "kernels/spin/extensions/unix/"},
                           {"call_wait", "kernels/spin/extensions/unix/"},
                           {"extension_start", "kernels/spin/interface/extension.hpp"}};
    return all;
}

const Names& stage_functions() {
    static const Names all = [] {
        Names names;
        for (const auto& [name, home] : stage_homes())
            names.insert(name);
        return names;
    }();
    return all;
}

const Names& names_of_runtime() {
    static const Names all{"panic",  "panic_in_words", "extension_failed", "main",   "memcpy",
                           "memset", "memmove",        "memcmp",           "strlen", "abort",
                           "exit"};
    return all;
}

const Homes& borders() {
    static const Homes all{
        {"kernels/spin/interface/files.hpp", "kernels/spin/extensions/files/"},
        {"kernels/spin/interface/memory.hpp", "kernels/spin/extensions/pager/"},
        {"kernels/spin/interface/scheduler.hpp", "kernels/spin/extensions/scheduler/"}};
    return all;
}

bool may_include_quoted(const std::string& header) {
    // Never another translation unit's text.
    const bool is_header = header.ends_with(".hpp") || header.ends_with(".h");
    if (header.find("..") != std::string::npos || !is_header)
        return false;
    for (const char* folder :
         {"services/", "lib/", "kernels/spin/interface/", "kernels/spin/extensions/", "abi/calls/"})
        if (header.starts_with(folder))
            return true;
    // The placements of services; the numbers of errors, and where images stand.
    return header == "vm_placement.hpp" || header == "calls_placement.hpp" ||
           header == "abi/errors.hpp" || header == "abi/address_map.h";
}

bool is_allowed_std_name(const std::string& name) {
    static const std::regex question("is_[a-z_]+");
    // Changes its answer between compile time and run time: the checker sees one, the machine runs
    // the other.
    if (name == "is_constant_evaluated")
        return false;
    return allowed_std_names().contains(name) || std::regex_match(name, question);
}

Rule rule_for_std_name(const std::string& name) {
    static const Names raw{"memcpy",
                           "memmove",
                           "memset",
                           "memcmp",
                           "memchr",
                           "strlen",
                           "strcpy",
                           "strncpy",
                           "addressof",
                           "launder",
                           "to_address",
                           "construct_at",
                           "destroy_at",
                           "as_bytes",
                           "as_writable_bytes",
                           "start_lifetime_as",
                           "assume_aligned",
                           "align",
                           "malloc",
                           "calloc",
                           "realloc",
                           "free",
                           "allocator",
                           "pointer_traits",
                           "unreachable"};
    static const std::regex ends("(ranges::)?(__cust::)?c?r?(begin|end|data)|ranges::cdata");
    if (name == "bit_cast")
        return Rule::bit_cast;
    if (raw.contains(name))
        return Rule::raw_memory;
    if (std::regex_match(name, ends))
        return Rule::begin_data;
    if (name == "va_list")
        return Rule::varargs;
    return Rule::std_name;
}

bool is_allowed_global_name(const std::string& name) {
    static const std::regex integer("u?int(8|16|32|64)_t|size_t");
    return std::regex_match(name, integer);
}

// As of libstdc++ 12; docs/safe-subset.md goes through the classes.
bool is_unchecked_member(const std::string& member) {
    static const Names all{"remove_suffix", "copy"};
    return all.contains(member);
}

bool gives_iterator_or_pointer(const std::string& member) {
    static const Names all{"begin", "end",     "cbegin", "cend", "rbegin",
                           "rend",  "crbegin", "crend",  "data", "c_str"};
    return all.contains(member);
}

} // namespace safe
