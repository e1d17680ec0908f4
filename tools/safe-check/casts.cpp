// Casts: values of integers and enumerations become integers, and nothing else changes its type.
// SPDX-License-Identifier: MIT
#include "types.hpp"
#include "walk.hpp"

namespace safe {

namespace {

bool is_byte(CXType type) {
    return is_enumeration(type) &&
           qualified_name(clang_getTypeDeclaration(canonical(type))) == "std::byte";
}

bool is_discard(CXType type) { return canonical(type).kind == CXType_Void; }

bool is_known(CXType type) {
    const CXTypeKind kind = canonical(type).kind;
    return kind != CXType_Unexposed && kind != CXType_Dependent && kind != CXType_Invalid;
}

CXCursor operand_of(CXCursor cast) {
    const std::vector<CXCursor> below = children(cast);
    return below.empty() ? clang_getNullCursor() : below.back();
}

// An object made by one of its class's constructors, or no change at all. A reference to another
// class, as in static_cast<Derived&>(base), shows neither.
bool makes_object(CXType target, CXCursor operand) {
    for (;;) {
        const bool init_list = clang_getCursorKind(operand) == CXCursor_InitListExpr;
        if (init_list || same_type(clang_getCursorType(operand), target))
            return true;
        const CXCursorKind kind = clang_getCursorKind(operand);
        const std::vector<CXCursor> below = children(operand);
        if ((kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr) || below.size() != 1)
            return false;
        operand = below.front();
    }
}

// Type(x), Type a class: the class's own conversion. A name for a reference to it would be a cast.
bool names_class(CXCursor cast) {
    const std::vector<CXCursor> below = children(cast);
    if (below.empty() || clang_getCursorKind(below.front()) != CXCursor_TypeRef)
        return false;
    const CXCursor named = referenced(below.front());
    return is_known(clang_getCursorType(named)) && is_record(clang_getCursorType(named));
}

bool is_value(CXType type) { return is_integer(type) || is_enumeration(type); }

// From what is written, not from what it was converted to on the way. In a template that may not
// be known: an integer can be made so of values, and of nothing that the subset has besides.
bool is_value_conversion(CXType target, CXCursor operand) {
    const CXType source = clang_getCursorType(without_conversions(operand));
    if (is_integer(target) || is_byte(target))
        return is_value(source) || same_type(source, target) || !is_known(source);
    return is_enumeration(target) && same_type(source, target);
}

} // namespace

void Walk::cast(CXCursor cursor) {
    const CXType target = clang_getCursorType(cursor);
    const CXCursor operand = operand_of(cursor);
    const CXCursorKind kind = clang_getCursorKind(cursor);
    const bool braces = clang_getCursorKind(operand) == CXCursor_InitListExpr;
    bool allowed = is_discard(target);
    if (kind == CXCursor_CXXStaticCastExpr)
        allowed = allowed || is_value_conversion(target, operand) ||
                  (is_record(target) && is_known(target) && makes_object(target, operand));
    // Type(x) is a cast by any means; Type{x} cannot narrow, and init_list looks at enumerations.
    if (kind == CXCursor_CXXFunctionalCastExpr)
        allowed =
            braces || (is_record(target) && (makes_object(target, operand) || names_class(cursor)));
    if (!allowed)
        report_.add(Rule::cast, cursor);
}

// Enumeration{7}: a value that has no name.
void Walk::init_list(CXCursor cursor, CXType target) {
    if (!is_enumeration(target) || is_byte(target))
        return;
    for (const CXCursor child : children(cursor))
        if (!same_type(clang_getCursorType(without_conversions(child)), target))
            report_.add(Rule::cast, cursor);
}

} // namespace safe
