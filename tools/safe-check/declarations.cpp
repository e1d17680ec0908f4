// Declarations: types, linkage, state, first values, namespaces.
// SPDX-License-Identifier: MIT
#include "allowed.hpp"
#include "types.hpp"
#include "walk.hpp"

#include <algorithm>

namespace safe {

void Walk::type(CXCursor cursor, CXType type) {
    if (holds_pointer(type))
        report_.add(Rule::pointer, cursor);
    if (holds_array(type))
        report_.add(Rule::array, cursor);
}

void Walk::declaration(CXCursor cursor) {
    specialisation(cursor);
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_FunctionDecl:
    case CXCursor_CXXMethod:
    case CXCursor_Constructor:
    case CXCursor_Destructor:
    case CXCursor_ConversionFunction:
    case CXCursor_FunctionTemplate:
        function(cursor);
        return;
    case CXCursor_VarDecl:
        variable(cursor);
        break;
    case CXCursor_ParmDecl:
    case CXCursor_NonTypeTemplateParameter:
    case CXCursor_FieldDecl:
        type(cursor, clang_getCursorType(cursor));
        break;
    case CXCursor_TypedefDecl:
    case CXCursor_TypeAliasDecl:
        type(cursor, clang_getTypedefDeclUnderlyingType(cursor));
        break;
    case CXCursor_StructDecl:
    case CXCursor_ClassDecl:
    case CXCursor_ClassTemplate:
    case CXCursor_ClassTemplatePartialSpecialization:
        fields(cursor);
        break;
    case CXCursor_UnionDecl:
        report_.add(Rule::union_type, cursor);
        break;
    case CXCursor_Namespace:
        name_space(cursor);
        break;
    case CXCursor_LinkageSpec:
        linkage(cursor);
        break;
    case CXCursor_StaticAssert: // evaluated by the compiler, never executed
        return;
    case CXCursor_TypeAliasTemplateDecl:
    case CXCursor_FriendDecl:
        break;
    case CXCursor_UnexposedDecl:
        unexposed(cursor);
        break;
    default:
        if (clang_getCursorKind(cursor) > CXCursor_FirstExtraDecl)
            unexposed(cursor);
    }
    visit_children(cursor);
}

// What libclang gives no kind of its own: known by its words.
void Walk::unexposed(CXCursor cursor) {
    const std::vector<Word> words = words_of(unit_, clang_getCursorExtent(cursor));
    const auto has = [&](const std::string& word) {
        return std::ranges::any_of(words, [&](const Word& at) { return at.text == word; });
    };
    if (words.empty() || words.front().text == ";")
        return;
    if (!name_of(cursor).empty() && clang_getCursorType(cursor).kind != CXType_Invalid) {
        type(cursor, clang_getCursorType(cursor)); // auto [a, b]
        return;
    }
    if (words.front().text == "extern" && words.size() > 1 && words[1].kind == CXToken_Literal) {
        linkage(cursor);
        return;
    }
    // A constraint is evaluated by the compiler.
    const std::set<std::string> of_types{"using", "friend", "static_assert"};
    const bool harmless = has("concept") || of_types.contains(words.front().text);
    const bool assembly = words.front().text == "asm" || words.front().text == "__asm__";
    if (!harmless && !assembly)
        report_.add(Rule::unknown, cursor);
}

void Walk::linkage(CXCursor block) {
    for (const CXCursor child : children(block)) {
        const bool function = is_function(child);
        if (function && !stage_functions().contains(name_of(child)))
            report_.add(Rule::linkage, child);
        if (!function && clang_getCursorKind(child) == CXCursor_VarDecl)
            report_.add(Rule::linkage, child);
        if (clang_getCursorKind(child) == CXCursor_Namespace)
            report_.add(Rule::linkage, child);
    }
}

void Walk::function(CXCursor cursor) {
    const CXType function_type = clang_getCursorType(cursor);
    const CXType result = clang_getResultType(function_type);
    type(cursor, result);
    if (clang_isFunctionTypeVariadic(function_type) != 0)
        report_.add(Rule::varargs, cursor);
    // In the checked file itself: a header's functions are defined by whoever it belongs to.
    const bool in_main = clang_Location_isFromMainFile(clang_getCursorLocation(cursor)) != 0;
    const bool free = clang_getCursorKind(cursor) == CXCursor_FunctionDecl && !is_member(cursor);
    if (in_main && !is_header_ && free && is_null(clang_getCursorDefinition(cursor)) &&
        !is_specialisation(cursor))
        report_.add(Rule::foreign_declaration, cursor);
    if (clang_CXXMethod_isDefaulted(cursor) != 0)
        return; // the compiler's own code
    returns(cursor, result);
    visit_children(cursor);
}

bool Walk::says(CXCursor cursor, const std::set<std::string>& words) const {
    for (const Word& word : words_of(unit_, clang_getCursorExtent(cursor))) {
        if (words.contains(word.text))
            return true;
        if (word.text == "=" || word.text == "{")
            break;
    }
    return false;
}

void Walk::variable(CXCursor cursor) {
    type(cursor, clang_getCursorType(cursor));
    const CXCursorKind parent = clang_getCursorKind(clang_getCursorSemanticParent(cursor));
    const bool free = parent == CXCursor_Namespace || parent == CXCursor_TranslationUnit ||
                      parent == CXCursor_LinkageSpec || parent == CXCursor_UnexposedDecl;
    const CX_StorageClass storage = clang_Cursor_getStorageClass(cursor);
    const bool constant = says(cursor, {"constexpr"});
    if (clang_getCursorTLSKind(cursor) != CXTLS_None)
        report_.add(Rule::global_state, cursor);
    else if (free || is_member(cursor) || storage == CX_SC_Static || storage == CX_SC_Extern) {
        const bool allowed = constant || (free && says(cursor, {"constinit"}));
        if (!allowed || has_destructor(clang_getCursorType(cursor)))
            report_.add(Rule::global_state, cursor);
    } else
        local_variable(cursor);
}

// A declaration that ends with its name gives no first value; a class with members that have theirs
// would be safe, but saying {} costs nothing.
void Walk::local_variable(CXCursor cursor) {
    const std::vector<Word> words = words_of(unit_, clang_getCursorExtent(cursor));
    if (!words.empty() && words.back().text == name_of(cursor))
        report_.add(Rule::uninitialised, cursor);
    const Cursors below = children(cursor);
    if (!below.empty() && clang_isExpression(clang_getCursorKind(below.back())) != 0)
        view_of_temporary(cursor, below.back(), clang_getCursorType(cursor));
}

// A constructor need not mention every member, so each has a first value of its own.
void Walk::fields(CXCursor record) {
    const Cursors members = children(record);
    const bool constructed = std::ranges::any_of(members, [](CXCursor member) {
        return clang_getCursorKind(member) == CXCursor_Constructor &&
               clang_CXXMethod_isDefaulted(member) == 0;
    });
    for (const CXCursor member : members) {
        const CXType type = clang_getCursorType(member);
        if (clang_getCursorKind(member) != CXCursor_FieldDecl || is_reference(type))
            continue;
        const std::vector<Word> words = words_of(unit_, clang_getCursorExtent(member));
        const bool scalar = is_integer(type) || is_enumeration(type);
        if (constructed && scalar && !words.empty() && words.back().text == name_of(member))
            report_.add(Rule::uninitialised, member);
    }
}

void Walk::name_space(CXCursor cursor) {
    const CXCursor first = clang_getCanonicalCursor(cursor);
    const Zone zone = zones_.of(first);
    const std::string path = Zones::real_path(place_of(first).file).string();
    // A placement may open the namespace of the service that it places; lib/ is nobody else's.
    if (zone == Zone::system || name_of(cursor) == "std" ||
        (zone == Zone::trusted && path.find("/placement/") == std::string::npos))
        report_.add(Rule::foreign_namespace, cursor);
}

void Walk::specialisation(CXCursor cursor) {
    const CXCursor general = clang_getSpecializedCursorTemplate(cursor);
    if (!is_null(general) && zones_.of(general) != Zone::own)
        report_.add(Rule::foreign_template, cursor);
}

} // namespace safe
