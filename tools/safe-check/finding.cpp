// The rules by name, each with its advice.
// SPDX-License-Identifier: MIT
#include "finding.hpp"

namespace safe {

const std::vector<RuleText>& rules() {
    static const std::vector<RuleText> all{
        {Rule::pointer, "pointer",
         "no pointers but `this` in front of a member: use a reference, a std::span, a "
         "std::optional or an index; pass a function as a lambda"},
        {Rule::address_of, "address-of", "no addresses are taken: pass a reference"},
        {Rule::array, "array",
         "no C arrays: use std::array and std::span, and make a std::string_view of a literal"},
        {Rule::begin_data, "begin-data",
         "begin, end and data hand out unchecked iterators and pointers: write a range-for over a "
         "std::array, std::span or std::string_view, or an index"},
        {Rule::cast, "cast",
         "no casts that change the type: static_cast from integer to integer and from enumeration "
         "to integer is there; everything else wants a constructor or a named function"},
        {Rule::bit_cast, "bit-cast",
         "bits do not change their type: read and write bytes with lib/codec.hpp"},
        {Rule::raw_memory, "raw-memory",
         "no raw memory: zero, copy, load and store with lib/memory.hpp and lib/codec.hpp"},
        {Rule::codec, "codec",
         "the codec makes integers, std::byte, std::array of these and plain structs of these "
         "only: load the integer, then make the value by its constructor"},
        {Rule::union_type, "union", "no unions: use std::variant"},
        {Rule::varargs, "varargs", "no variable arguments: use a parameter pack or a std::span"},
        {Rule::assembly, "asm", "no assembly and no assembly labels"},
        {Rule::attribute, "attribute",
         "only nodiscard, maybe_unused, likely, unlikely, fallthrough, gnu::cold and "
         "gnu::noinline; "
         "gnu::noipa on the stage functions"},
        {Rule::dynamic_memory, "new", "no new and no delete: storage is the placement's business"},
        {Rule::destructor_call, "destructor-call", "no destructor is called by name"},
        {Rule::global_state, "global-state",
         "an object outside functions is constexpr or constinit, without a destructor of its own; "
         "a static one in a function or class is constexpr; none is thread_local"},
        {Rule::dangling, "dangling",
         "what is returned or kept views an object that ends before it: return or keep a value, or "
         "a view of what the caller handed in"},
        {Rule::uninitialised, "uninitialised", "give it its first value where it is declared: {}"},
        {Rule::missing_return, "missing-return",
         "every way through the function must return a value"},
        {Rule::std_name, "std-name",
         "this name of the standard library is not on the list in docs/safe-subset.md"},
        {Rule::include, "include",
         "include services/, lib/, the placements of services, what the kernel's interface gives "
         "(kernels/spin/interface/, abi/calls/), and the standard headers listed in "
         "docs/safe-subset.md"},
        {Rule::preprocessor, "preprocessor",
         "no directives but #include and #pragma once, and no line that continues on the next: "
         "the checker and the compiler must read the same text"},
        {Rule::macro, "macro", "no macros but those of lib/, as TRY and MUST"},
        {Rule::reserved_name, "reserved-name",
         "names with two underscores, or an underscore and a capital letter, are the compiler's"},
        {Rule::spelling, "spelling",
         "no digraphs and no alternative tokens: write the plain token"},
        {Rule::jump, "goto", "no goto: use a loop or a function"},
        {Rule::volatile_object, "volatile", "no volatile: devices are reached through arch/"},
        {Rule::exception, "exception", "no exceptions and no typeid: return a Result"},
        {Rule::linkage, "linkage",
         "extern \"C\" and these names are for the stage functions and extension_start, as their "
         "own headers declare them: include the header, or give it a namespace"},
        {Rule::foreign_declaration, "foreign-declaration",
         "this belongs to others: what is defined elsewhere comes with their header, and what "
         "their "
         "header or the runtime speaks of is theirs to define"},
        {Rule::foreign_base, "foreign-base",
         "no class of the standard library or of a trusted folder is a base: make it a member"},
        {Rule::foreign_namespace, "foreign-namespace",
         "nothing is added to the namespaces of std and lib/"},
        {Rule::foreign_template, "foreign-template",
         "templates of others are neither specialised nor instantiated by hand"},
        {Rule::statement_expression, "statement-expression",
         "statement expressions come from TRY and MUST only: write a function"},
        {Rule::hidden_statement, "hidden-statement",
         "put the first statement of this switch or range-for on a line of its own above it: the "
         "checker does not see it here"},
        {Rule::generic_call, "generic-call",
         "whoever calls this chooses its parameters' types, where the checker does not look: name "
         "the types, in a class with an operator() for each of them"},
        {Rule::too_deep, "too-deep",
         "nested deeper than the checker looks, or a type of too many parts: split it, and name "
         "the parts"},
        {Rule::unknown, "unknown", "the checker does not know this construct: say it otherwise"},
    };
    return all;
}

const RuleText& text_of(Rule rule) { return rules()[static_cast<std::size_t>(rule)]; }

std::string to_string(const Finding& finding) {
    const RuleText& rule = text_of(finding.rule);
    return finding.file + ":" + std::to_string(finding.line) + ":" +
           std::to_string(finding.column) + ": " + rule.name + ": " + rule.advice;
}

} // namespace safe
