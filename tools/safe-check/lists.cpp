// Lists in braces: tables of texts among them.
// SPDX-License-Identifier: MIT
//
// libclang shows a list as it was written: of a list within a list it does not know the type. So
// types are handed down here: an array's to its elements, a plain class's to its members.
#include "types.hpp"
#include "walk.hpp"

#include <algorithm>

namespace safe {

namespace {

CXType nothing() { return clang_getCursorType(clang_getNullCursor()); }

std::string class_name(CXType type) {
    return qualified_name(clang_getTypeDeclaration(canonical(type)));
}

bool is_array_of_std(CXType type) { return class_name(type) == "std::array"; }

CXType element_of(CXType type) {
    type = canonical(type);
    return is_array_of_std(type) ? clang_Type_getTemplateArgumentAsType(type, 0)
                                 : clang_getArrayElementType(type);
}

bool is_list(CXCursor child) { return clang_getCursorKind(child) == CXCursor_InitListExpr; }

// Of .member = value, the member.
CXCursor designated(CXCursor child) {
    const std::vector<CXCursor> below = children(child);
    return below.size() == 2 && clang_getCursorKind(below.front()) == CXCursor_MemberRef
               ? referenced(below.front())
               : clang_getNullCursor();
}

// Its members stand in its list as they stand in it.
bool is_plain(CXType type) {
    if (!is_record(type) || class_name(type).starts_with("std::"))
        return false;
    for (const CXCursor child : children(clang_getTypeDeclaration(canonical(type)))) {
        const CXCursorKind kind = clang_getCursorKind(child);
        if (kind == CXCursor_Constructor || kind == CXCursor_FunctionTemplate ||
            kind == CXCursor_CXXBaseSpecifier)
            return false;
    }
    return std::ranges::none_of(fields(type),
                                [](CXCursor field) { return name_of(field).empty(); });
}

bool is_view_of_text(CXType type) { return class_name(type) == "std::basic_string_view"; }

// CHILD may be the first of several that make PART, whose own braces were left out: what comes
// behind it is not where it seems.
bool may_be_one_of_several(CXType part, CXCursor child) {
    const bool text = is_view_of_text(part) && is_literal(child);
    return is_record(part) && !is_list(child) && !text &&
           !same_type(clang_getCursorType(without_conversions(child)), part);
}

// What child I of a list for TYPE makes, if each child makes one; else no type.
CXType seeming_part(CXType type, const std::vector<CXCursor>& list, std::size_t i) {
    const std::vector<CXCursor> members = fields(type);
    if (is_array_of_std(type) && list.size() == 1 && is_list(list.front()) && !members.empty())
        return clang_getCursorType(members.front()); // the array inside
    if (is_array_of_std(type) || canonical(type).kind == CXType_ConstantArray)
        return element_of(type);
    if (!is_plain(type))
        return nothing();
    const CXCursor member = designated(list[i]);
    if (!is_null(member))
        return clang_getCursorType(member);
    return i < members.size() ? clang_getCursorType(members[i]) : nothing();
}

CXType part_of(CXType type, const std::vector<CXCursor>& list, std::size_t i) {
    for (std::size_t before = 0; before < i; ++before)
        if (is_null(designated(list[i])) != is_null(designated(list[before])) ||
            (is_null(designated(list[i])) &&
             may_be_one_of_several(seeming_part(type, list, before), list[before])))
            return nothing();
    return seeming_part(type, list, i);
}

} // namespace

// A list that makes a TYPE. A literal in it is a text where a std::string_view is made of it alone.
void Walk::list(CXCursor cursor, CXType type) {
    init_list(cursor, type);
    const Cursors below = children(cursor);
    for (std::size_t i = 0; i < below.size(); ++i) {
        const CXType part = part_of(type, below, i);
        const bool named = !is_null(designated(below[i]));
        const CXCursor value = named ? children(below[i]).back() : below[i];
        const bool text = is_literal(value) &&
                          (is_view_of_text(part) || (is_view_of_text(type) && below.size() == 1));
        if (is_list(value) && part.kind != CXType_Invalid)
            list(value, part);
        else if (!text)
            visit(below[i]);
    }
}

} // namespace safe
