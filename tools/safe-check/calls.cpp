// Calls and names: own code, lib/, and what is on the lists.
// SPDX-License-Identifier: MIT
#include "allowed.hpp"
#include "types.hpp"
#include "walk.hpp"

#include <algorithm>
#include <set>

namespace safe {

namespace {

// Handed over as the array that it is, so that its length goes along.
bool is_whole_literal(CXCursor expression) {
    return is_literal(expression) && !holds_pointer(clang_getCursorType(expression));
}

// Members of a view that read a literal to its end: its one argument, or that and a position.
bool reads_to_end(CXCursor call, CXCursor function) {
    static const std::set<std::string> alone{"starts_with", "ends_with", "contains", "compare"};
    static const std::set<std::string> searches{
        "find", "rfind", "find_first_of", "find_last_of", "find_first_not_of", "find_last_not_of"};
    if (is_null(function) || !is_member(function) ||
        qualified_name(clang_getCursorSemanticParent(function)) != "std::basic_string_view")
        return false;
    const std::string name = name_of(function);
    const int arguments = clang_Cursor_getNumArguments(call);
    return (arguments == 1 && alone.contains(name)) || (arguments <= 2 && searches.contains(name));
}

// What is called, as a child of the call: f in f(x), operator[] in a[i].
bool is_callee(CXCursor child, CXCursor function) {
    const CXCursor below = without_conversions(child);
    return clang_getCursorKind(below) == CXCursor_DeclRefExpr && is_function(function) &&
           clang_equalCursors(referenced(below), function) != 0;
}

bool names_function(CXCursor child) {
    const CXCursor below = without_conversions(child);
    return clang_getCursorKind(below) == CXCursor_DeclRefExpr && is_function(referenced(below));
}

// Of a literal alone, not of a literal and a length.
bool makes_string_view(CXCursor call, CXCursor function) {
    return clang_Cursor_getNumArguments(call) == 1 &&
           clang_getCursorKind(function) == CXCursor_Constructor &&
           qualified_name(clang_getCursorSemanticParent(function)) == "std::basic_string_view";
}

// x <=> y is compared with a literal 0, which becomes a pointer in the library: to __unspec, and
// from GCC 16 on to __literal_zero.
bool is_zero_of_ordering(CXCursor function) {
    const std::string name = name_of(function);
    return clang_getCursorKind(function) == CXCursor_Constructor &&
           (name == "__unspec" || name == "__literal_zero");
}

// T(x) and T{x} in a template, where T may be anything; T() and T{} are its first value.
bool converts_to_any(const std::vector<CXCursor>& call) {
    if (call.size() < 2 || clang_getCursorKind(call.front()) != CXCursor_TypeRef ||
        clang_getCursorKind(referenced(call.front())) != CXCursor_TemplateTypeParameter)
        return false;
    return clang_getCursorKind(call[1]) != CXCursor_InitListExpr || !children(call[1]).empty();
}

std::vector<CXType> type_arguments(CXCursor function) {
    std::vector<CXType> all;
    for (int i = 0; i < clang_Cursor_getNumTemplateArguments(function); ++i) {
        const auto at = static_cast<unsigned>(i);
        if (clang_Cursor_getTemplateArgumentKind(function, at) == CXTemplateArgumentKind_Type)
            all.push_back(clang_Cursor_getTemplateArgumentType(function, at));
    }
    return all;
}

// std::min({}) reads the first of none.
bool takes_list(CXCursor function) {
    if (clang_getCursorKind(function) != CXCursor_FunctionDecl)
        return false;
    const CXType parameter = canonical(clang_getArgType(clang_getCursorType(function), 0));
    return qualified_name(clang_getTypeDeclaration(parameter)) == "std::initializer_list";
}

} // namespace

// By a function's declaration, or in a template by what its name may mean.
bool Walk::is_trusted_call(CXCursor call, CXCursor function) {
    if (!is_null(function) && clang_getCursorKind(function) != CXCursor_OverloadedDeclRef)
        return zones_.of(function) == Zone::trusted;
    for (const CXCursor child : children(call)) {
        const CXCursor candidates = referenced(child);
        if (clang_getCursorKind(candidates) != CXCursor_OverloadedDeclRef)
            continue;
        const unsigned count = clang_getNumOverloadedDecls(candidates);
        bool all = count > 0;
        for (unsigned i = 0; i < count; ++i)
            all = all && zones_.of(clang_getOverloadedDecl(candidates, i)) == Zone::trusted;
        return all;
    }
    return false;
}

void Walk::call(CXCursor cursor) {
    const CXCursor function = referenced(cursor);
    if (!is_null(function)) {
        use(cursor, function);
        if (is_zero_of_ordering(function))
            return;
    }
    const bool trusted = is_trusted_call(cursor, function);
    const bool takes_literal =
        makes_string_view(cursor, function) || reads_to_end(cursor, function);
    type(cursor, clang_getCursorType(cursor));
    const Cursors below = children(cursor);
    if (converts_to_any(below))
        report_.add(Rule::cast, cursor);
    for (const CXCursor child : below) {
        if (is_callee(child, function) || (takes_literal && is_literal(child)) ||
            (trusted && is_whole_literal(child)))
            continue;
        if (trusted && names_function(child)) {
            use(child, referenced(without_conversions(child)));
            continue;
        }
        visit(child);
    }
}

void Walk::use(CXCursor cursor, CXCursor declaration) {
    if (is_null(declaration))
        return;
    name(cursor, declaration);
    for (const CXType argument : type_arguments(declaration))
        type(cursor, argument);
    codec(cursor, declaration);
    if (takes_list(declaration) && zones_.of(declaration) == Zone::system)
        report_.add(Rule::std_name, cursor);
    follow(declaration);
}

void Walk::name(CXCursor cursor, CXCursor declaration) {
    const CXCursorKind kind = clang_getCursorKind(declaration);
    if (kind == CXCursor_OverloadedDeclRef) {
        for (unsigned i = 0; i < clang_getNumOverloadedDecls(declaration); ++i)
            name(cursor, clang_getOverloadedDecl(declaration, i));
        return;
    }
    const bool nameless = clang_isInvalid(kind) != 0 || kind == CXCursor_Namespace ||
                          kind == CXCursor_TemplateTypeParameter || is_member(declaration);
    if (nameless || zones_.of(declaration) != Zone::system)
        return;
    std::string its_name = qualified_name(declaration);
    // An operator belongs to the types on its sides; one that makes something of a literal does
    // not.
    const std::string last = name_of(declaration);
    if (last.starts_with("operator") && !last.starts_with("operator\""))
        return;
    const bool of_std = its_name.starts_with("std::");
    if (of_std)
        its_name.erase(0, std::string("std::").size());
    if (of_std ? !is_allowed_std_name(its_name) : !is_allowed_global_name(its_name))
        report_.add(rule_for_std_name(its_name), cursor);
}

void Walk::codec(CXCursor cursor, CXCursor function) {
    const std::string its_name = qualified_name(function);
    if (zones_.of(function) != Zone::trusted || (its_name != "load" && its_name != "store"))
        return;
    const std::vector<CXType> arguments = type_arguments(function);
    // Storing makes no value: an enumeration may go out, and none comes in.
    if (!std::ranges::all_of(arguments, its_name == "store" ? is_storable_data : is_plain_data))
        report_.add(Rule::codec, cursor);
}

} // namespace safe
