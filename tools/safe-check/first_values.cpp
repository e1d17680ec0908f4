// First values: of members, of what is declared, and what an object's beginning may see of it.
// SPDX-License-Identifier: MIT
#include "types.hpp"
#include "walk.hpp"

#include <algorithm>

namespace safe {

namespace {

using Cursors = std::vector<CXCursor>;

bool is_value(CXCursor child) {
    const CXCursorKind kind = clang_getCursorKind(child);
    return clang_isExpression(kind) != 0 && kind != CXCursor_MemberRef;
}

bool is_this(CXCursor cursor) {
    return clang_getCursorKind(without_conversions(cursor)) == CXCursor_CXXThisExpr;
}

// x in front of nothing, or of `this->`.
bool is_of_this(CXCursor member) {
    const Cursors below = children(member);
    return clang_getCursorKind(member) == CXCursor_MemberRefExpr &&
           (below.empty() || clang_isExpression(clang_getCursorKind(below.front())) == 0 ||
            is_this(below.front()));
}

// `this` other than in front of a member: *this, or a capture.
bool hands_out_this(CXCursor cursor) {
    if (clang_getCursorKind(cursor) == CXCursor_CXXThisExpr)
        return true;
    if (clang_getCursorKind(cursor) == CXCursor_LambdaExpr)
        return any_below(cursor, [](CXCursor part) {
            return clang_getCursorKind(part) == CXCursor_CXXThisExpr || is_of_this(part);
        });
    if (is_of_this(cursor))
        return false; // its own `this` is in its place
    return std::ranges::any_of(children(cursor), hands_out_this);
}

bool is_constructor(CXCursor member) {
    const CXCursorKind kind = clang_getCursorKind(member);
    return kind == CXCursor_Constructor ||
           (kind == CXCursor_FunctionTemplate &&
            clang_getTemplateCursorKind(member) == CXCursor_Constructor);
}

// CONSTRUCTOR's list has a value for MEMBER, or leaves that to another one. Copies are made whole.
bool gives_value(CXCursor constructor, CXCursor member) {
    const bool copies = clang_CXXConstructor_isCopyConstructor(constructor) != 0 ||
                        clang_CXXConstructor_isMoveConstructor(constructor) != 0;
    if (copies && clang_CXXMethod_isDefaulted(constructor) != 0)
        return true;
    const CXCursor its_class = clang_getCursorSemanticParent(member);
    const CXCursor definition = clang_getCursorDefinition(constructor);
    if (is_null(definition))
        return false;
    const Cursors parts = children(definition);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const CXCursorKind kind = clang_getCursorKind(parts[i]);
        if (kind == CXCursor_MemberRef && clang_equalCursors(referenced(parts[i]), member) != 0)
            return true;
        // The class's name in front of a value; that in Class::Class has none.
        if (kind == CXCursor_TypeRef && i + 1 < parts.size() &&
            clang_getCursorKind(parts[i + 1]) == CXCursor_CallExpr &&
            clang_equalCursors(referenced(parts[i]), its_class) != 0)
            return true;
    }
    return false;
}

} // namespace

// A constructor need not mention every member, so each has a first value of its own, or one from
// every constructor.
void Walk::fields(CXCursor record) {
    const Cursors members = children(record);
    Cursors constructors;
    std::ranges::copy_if(members, std::back_inserter(constructors), is_constructor);
    const bool constructed = std::ranges::any_of(members, [](CXCursor member) {
        return clang_getCursorKind(member) == CXCursor_FunctionTemplate ||
               (clang_getCursorKind(member) == CXCursor_Constructor &&
                clang_CXXMethod_isDefaulted(member) == 0);
    });
    const auto is_given = [&](CXCursor member) {
        return !constructors.empty() &&
               std::ranges::all_of(constructors, [&](CXCursor constructor) {
                   return gives_value(constructor, member);
               });
    };
    for (const CXCursor member : members) {
        const bool base = clang_getCursorKind(member) == CXCursor_CXXBaseSpecifier;
        if (!base && clang_getCursorKind(member) != CXCursor_FieldDecl)
            continue;
        if (constructed && lacks_first_value(clang_getCursorType(member)) &&
            (base || (!has_initialiser(member) && !is_given(member))))
            report_.add(Rule::uninitialised, member);
        for (const CXCursor child : children(member))
            if (!base && is_value(child)) {
                member_value(member, child);
                view_of_temporary(member, child, clang_getCursorType(member));
            }
    }
}

// int x = x + 1; that of auto [a, b] clang refuses itself.
void Walk::own_initialiser(CXCursor declaration) {
    const auto is_itself = [&](CXCursor use) {
        const CXCursorKind kind = clang_getCursorKind(use);
        return (kind == CXCursor_DeclRefExpr || kind == CXCursor_VariableRef) &&
               clang_equalCursors(referenced(use), declaration) != 0;
    };
    for (const CXCursor child : children(declaration))
        if (is_value(child) && any_below(child, is_itself))
            report_.add(Rule::uninitialised, declaration);
}

// A member's first value sees the members before it, and the object as a whole never.
void Walk::member_value(CXCursor member, CXCursor value) {
    const bool base = clang_getCursorKind(member) != CXCursor_FieldDecl;
    const CXCursor its_class = clang_getCursorSemanticParent(member);
    const auto is_later = [&](CXCursor use) {
        const CXCursor named = referenced(use);
        if (!is_of_this(use) || is_null(named))
            return false;
        if (is_function(named))
            return clang_CXXMethod_isStatic(named) == 0;
        return clang_getCursorKind(named) == CXCursor_FieldDecl &&
               (base || (clang_equalCursors(clang_getCursorSemanticParent(named), its_class) != 0 &&
                         place_of(named).offset >= place_of(member).offset));
    };
    if (any_below(value, is_later) || hands_out_this(value))
        report_.add(Rule::uninitialised, value);
}

void Walk::construction(CXCursor constructor) {
    CXCursor member = clang_getNullCursor();
    for (const CXCursor child : children(constructor)) {
        const CXCursorKind kind = clang_getCursorKind(child);
        if (kind == CXCursor_MemberRef || kind == CXCursor_TypeRef)
            member = referenced(child);
        else if (kind == CXCursor_CompoundStmt && hands_out_this(child))
            report_.add(Rule::uninitialised, constructor);
        else if (is_value(child) && !is_null(member))
            member_value(member, child);
    }
}

} // namespace safe
