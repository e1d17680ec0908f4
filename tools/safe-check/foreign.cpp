// What belongs to others: their namespaces, templates, declarations, symbols, base classes.
// SPDX-License-Identifier: MIT
#include "allowed.hpp"
#include "walk.hpp"

#include <algorithm>

namespace safe {

namespace {

bool is_class(CXCursor cursor) {
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_StructDecl:
    case CXCursor_ClassDecl:
    case CXCursor_UnionDecl:
    case CXCursor_ClassTemplate:
    case CXCursor_EnumDecl:
        return true;
    default:
        return false;
    }
}

// At the top of the file, in extern "C" or not.
bool is_global(CXCursor cursor) {
    const CXCursorKind parent = clang_getCursorKind(clang_getCursorSemanticParent(cursor));
    return parent == CXCursor_TranslationUnit || parent == CXCursor_LinkageSpec ||
           parent == CXCursor_UnexposedDecl;
}

bool is_free_variable(CXCursor cursor) {
    const CXCursor parent = clang_getCursorSemanticParent(cursor);
    return clang_getCursorKind(cursor) == CXCursor_VarDecl && !is_function(parent);
}

} // namespace

void Walk::linkage(CXCursor block) {
    for (const CXCursor child : children(block)) {
        const bool function = is_function(child);
        if (function && stage_homes().find(name_of(child)) == stage_homes().end())
            report_.add(Rule::linkage, child);
        if (!function && clang_getCursorKind(child) == CXCursor_VarDecl)
            report_.add(Rule::linkage, child);
        if (clang_getCursorKind(child) == CXCursor_Namespace)
            report_.add(Rule::linkage, child);
    }
}

void Walk::name_space(CXCursor cursor) {
    const CXCursor first = clang_getCanonicalCursor(cursor);
    const Zone zone = zones_.of(first);
    // A placement may open the namespace of the service that it places; lib/ is nobody else's.
    if (zone == Zone::system || name_of(cursor) == "std" ||
        (zone == Zone::trusted && !zones_.is_placement(first)))
        report_.add(Rule::foreign_namespace, cursor);
}

void Walk::specialisation(CXCursor cursor) {
    const CXCursor general = clang_getSpecializedCursorTemplate(cursor);
    if (!is_null(general) && zones_.of(general) != Zone::own)
        report_.add(Rule::foreign_template, cursor);
}

// libclang gives a variable's specialisation no kind, but its namespace, and the one where it
// stands; of that name_space has judged.
void Walk::variable_template(CXCursor cursor) {
    const CXCursor home = clang_getCanonicalCursor(clang_getCursorSemanticParent(cursor));
    const CXCursor here = clang_getCanonicalCursor(clang_getCursorLexicalParent(cursor));
    if (clang_equalCursors(home, here) == 0 && clang_getCursorKind(home) == CXCursor_Namespace &&
        zones_.of(home) != Zone::own)
        report_.add(Rule::foreign_template, cursor);
}

// A class, function or object of which somebody else's header speaks first: as declared, as a
// friend, as a member. clang itself refuses another type than is declared there.
void Walk::foreign(CXCursor cursor) {
    const bool function = is_function(cursor);
    if (!function && !is_class(cursor) && !is_free_variable(cursor))
        return;
    if (is_specialisation(cursor))
        return;
    const CXCursor first = clang_getCanonicalCursor(cursor);
    if (function && is_global(cursor)) {
        const auto home = stage_homes().find(name_of(cursor));
        if (home != stage_homes().end()) {
            if (!zones_.stands_in(first, home->second))
                report_.add(Rule::linkage, cursor);
            return;
        }
        if (names_of_runtime().contains(name_of(cursor)) &&
            !zones_.stands_in(cursor, HOME_OF_PANIC))
            report_.add(Rule::foreign_declaration, cursor);
    }
    // In the checked file itself: a header's functions are defined by whoever it belongs to.
    const bool in_main = clang_Location_isFromMainFile(clang_getCursorLocation(cursor)) != 0;
    const bool free = clang_getCursorKind(cursor) == CXCursor_FunctionDecl && !is_member(cursor);
    const bool undefined =
        in_main && !is_header_ && free && is_null(clang_getCursorDefinition(cursor));
    if (undefined || !may_define(cursor, first))
        report_.add(Rule::foreign_declaration, cursor);
}

// Whoever offers a border between extensions defines what the border's header declares.
bool Walk::may_define(CXCursor cursor, CXCursor first) {
    const Zone zone = zones_.of(first);
    const bool defines = clang_isCursorDefinition(cursor) != 0;
    if (zone == Zone::own || (zone == Zone::trusted && (!defines || zones_.is_placement(first))))
        return true;
    if (zone == Zone::trusted && zones_.stands_in(cursor, HOME_OF_PANIC))
        return true;
    return zone == Zone::trusted && std::ranges::any_of(borders(), [&](const auto& border) {
               return zones_.stands_in(first, border.first) &&
                      zones_.stands_in(cursor, border.second);
           });
}

// A base that is a template's parameter may be anything; the services' templates say by a concept
// what it is.
void Walk::base(CXCursor specifier) {
    const Cursors parts = children(specifier);
    if (parts.size() == 1 && zones_.stands_in(specifier, "services/") &&
        clang_getCursorKind(referenced(parts[0])) == CXCursor_TemplateTypeParameter)
        return;
    const CXCursor its_class = clang_getTypeDeclaration(canonical(clang_getCursorType(specifier)));
    const CXCursor general = clang_getSpecializedCursorTemplate(its_class);
    if (zones_.of(is_null(general) ? its_class : general) != Zone::own)
        report_.add(Rule::foreign_base, specifier);
}

} // namespace safe
