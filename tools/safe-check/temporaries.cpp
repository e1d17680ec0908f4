// Views of temporaries, by types and by what an expression mentions.
// SPDX-License-Identifier: MIT
//
// returns.cpp does the same for local objects.
#include "temporaries.hpp"

#include "types.hpp"
#include "walk.hpp"

#include <algorithm>

namespace safe {

bool is_temporary(CXCursor expression) {
    const CXCursorKind kind = clang_getCursorKind(expression);
    const CXType type = clang_getCursorType(expression);
    if (kind == CXCursor_InitListExpr && type.kind == CXType_ConstantArray)
        return true;
    if (!is_record(type))
        return false;
    if (kind == CXCursor_CXXFunctionalCastExpr || kind == CXCursor_InitListExpr ||
        kind == CXCursor_StmtExpr)
        return true;
    if (kind != CXCursor_CallExpr)
        return false;
    const CXCursor function = referenced(expression);
    return is_function(function) &&
           !is_reference(clang_getResultType(clang_getCursorType(function)));
}

bool is_plain_value(CXCursor expression) {
    const CXCursorKind kind = clang_getCursorKind(expression);
    const CXType type = clang_getCursorType(expression);
    if (kind == CXCursor_CallExpr) {
        const CXCursor function = referenced(expression);
        if (!is_function(function) || clang_getCursorKind(function) == CXCursor_Constructor ||
            is_reference(clang_getResultType(clang_getCursorType(function))))
            return false;
    } else if (kind != CXCursor_StmtExpr) {
        return false;
    }
    return (is_integer(type) || is_enumeration(type) || is_record(type)) &&
           viewed_types(type).empty();
}

bool mentions_temporary(CXCursor expression, const std::vector<CXType>& viewed) {
    if (is_temporary(expression) && owns_any(clang_getCursorType(expression), viewed))
        return true;
    if (is_plain_value(expression))
        return false;
    return std::ranges::any_of(children(expression),
                               [&](CXCursor child) { return mentions_temporary(child, viewed); });
}

// What makes an object of type VIEW where it stands is the object itself, and no temporary.
static bool shows_temporary(CXCursor source, CXType view, const std::vector<CXType>& viewed) {
    const CXCursor whole = without_conversions(source);
    if (is_reference(view) || !is_temporary(whole) || !same_type(clang_getCursorType(whole), view))
        return mentions_temporary(whole, viewed);
    return std::ranges::any_of(
        children(whole), [&](CXCursor child) { return shows_temporary(child, view, viewed); });
}

// VIEW is what SOURCE gives, and it outlives the statement: a local view, a member, or the range of
// a loop. A reference that is bound to a temporary itself keeps it; whatever is deeper in SOURCE
// ends.
void Walk::view_of_temporary(CXCursor cursor, CXCursor source, CXType view) {
    const CXCursor whole = without_conversions(source);
    const std::vector<CXType> viewed = viewed_types(view);
    const bool member = clang_getCursorKind(cursor) == CXCursor_FieldDecl; // keeps nothing
    const bool keeps = !member && is_reference(view) && is_temporary(whole);
    if (!viewed.empty() && !keeps && shows_temporary(source, view, viewed))
        report_.add(Rule::dangling, cursor);
}

} // namespace safe
