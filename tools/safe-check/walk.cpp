// Leading the walk: which nodes are entered, and which specialisations are looked at again.
// SPDX-License-Identifier: MIT
#include "walk.hpp"

#include "failure.hpp"

#include <algorithm>

namespace safe {

Walk::Walk(CXTranslationUnit unit, Zones& zones, Report& report)
    : unit_(unit), zones_(zones), report_(report) {
    const std::string file = text(clang_getTranslationUnitSpelling(unit));
    is_header_ = file.ends_with(".hpp") || file.ends_with(".h");
}

void Walk::whole_unit() {
    const Cursors all = children(clang_getTranslationUnitCursor(unit_));
    for (const CXCursor cursor : all)
        if (clang_getCursorKind(cursor) == CXCursor_MacroExpansion &&
            zones_.of(cursor) == Zone::own)
            note_macro(cursor);
    for (const CXCursor cursor : all)
        if (clang_isPreprocessing(clang_getCursorKind(cursor)) == 0)
            enter(cursor);
    // Following finds more to follow.
    while (!to_follow_.empty()) {
        const CXCursor next = to_follow_.back();
        to_follow_.pop_back();
        enter(next);
    }
}

namespace {

// Every function here calls itself for what is below: this is how deep they may go.
constexpr int DEEPEST = 600;

CXCursor deeper_than(CXCursor cursor, int depth) {
    if (depth == 0)
        return cursor;
    for (const CXCursor child : children(cursor))
        if (const CXCursor deep = deeper_than(child, depth - 1); !is_null(deep))
            return deep;
    return clang_getNullCursor();
}

} // namespace

void Walk::enter(CXCursor cursor) {
    const bool declares = clang_isDeclaration(clang_getCursorKind(cursor)) != 0;
    if (declares && zones_.of(cursor) != Zone::own)
        return;
    if (const CXCursor deep = deeper_than(cursor, DEEPEST); !is_null(deep))
        report_.add(Rule::too_deep, deep);
    else
        visit(cursor);
}

void Walk::visit(CXCursor cursor) {
    try {
        visit_node(cursor);
    } catch (const TooDeep&) {
        report_.add(Rule::too_deep, cursor);
    }
}

void Walk::note_macro(CXCursor expansion) {
    const Place place = place_of(expansion);
    if (zones_.of(referenced(expansion)) == Zone::trusted)
        macros_of_lib_.insert({place.file, place.offset});
    else
        report_.add(Rule::macro, place);
}

bool Walk::is_macro_of_lib(CXCursor statement_expression) const {
    const Place place = place_of(statement_expression);
    return macros_of_lib_.contains({place.file, place.offset});
}

void Walk::visit_children(CXCursor cursor) {
    for (const CXCursor child : children(cursor))
        visit(child);
}

void Walk::visit_node(CXCursor cursor) {
    const CXCursorKind kind = clang_getCursorKind(cursor);
    if (clang_isDeclaration(kind) != 0 || kind > CXCursor_FirstExtraDecl) {
        // A header in the middle of a namespace brings its own declarations. A using-declaration
        // without a place is the compiler's.
        if (zones_.of(cursor) == Zone::own)
            declaration(cursor);
        return;
    }
    if (clang_isExpression(kind) != 0) {
        expression(cursor);
        return;
    }
    if (kind == CXCursor_CXXBaseSpecifier)
        base(cursor);
    if (clang_isReference(kind) != 0) {
        name(cursor, referenced(cursor));
        visit_children(cursor);
        return;
    }
    switch (kind) {
    case CXCursor_CXXForRangeStmt:
        range_for(cursor);
        return;
    case CXCursor_GCCAsmStmt:
    case CXCursor_MSAsmStmt:
        report_.add(Rule::assembly, cursor);
        return;
    case CXCursor_GotoStmt:
    case CXCursor_IndirectGotoStmt:
    case CXCursor_LabelStmt:
        report_.add(Rule::jump, cursor);
        return;
    case CXCursor_CXXTryStmt:
        report_.add(Rule::exception, cursor);
        return;
    default:
        visit_children(cursor);
    }
}

void Walk::follow(CXCursor declaration) {
    const CXCursor parent = clang_getCursorSemanticParent(declaration);
    const bool variable =
        clang_getCursorKind(declaration) == CXCursor_VarDecl && !is_function(parent);
    const bool code = is_function(declaration) || variable;
    if (!code || zones_.of(declaration) != Zone::own || !is_specialisation(declaration))
        return;
    const unsigned hash = clang_hashCursor(declaration);
    const auto [first, last] = followed_.equal_range(hash);
    if (std::any_of(first, last, [&](const auto& known) {
            return clang_equalCursors(known.second, declaration) != 0;
        }))
        return;
    followed_.insert({hash, declaration});
    to_follow_.push_back(declaration);
}

} // namespace safe
