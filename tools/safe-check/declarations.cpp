// Declarations: types, state, first values.
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
    foreign(cursor);
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
        if (words.front().text == "template")
            variable_template(cursor);
        type(cursor, clang_getCursorType(cursor)); // auto [a, b]
        for (const CXCursor child : children(cursor))
            if (clang_isExpression(clang_getCursorKind(child)) != 0)
                view_of_temporary(cursor, child, clang_getCursorType(cursor));
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

void Walk::function(CXCursor cursor) {
    const CXType function_type = clang_getCursorType(cursor);
    const CXType result = clang_getResultType(function_type);
    type(cursor, result);
    if (clang_isFunctionTypeVariadic(function_type) != 0)
        report_.add(Rule::varargs, cursor);
    if (clang_CXXMethod_isDefaulted(cursor) != 0)
        return; // the compiler's own code
    if (clang_getCursorKind(cursor) == CXCursor_Constructor)
        construction(cursor);
    if (clang_getCursorKind(cursor) == CXCursor_FunctionTemplate && name_of(cursor) == "operator()")
        generic_call(cursor);
    returns(cursor, result);
    stores(cursor);
    payloads(cursor);
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
    own_initialiser(cursor);
    const Cursors below = children(cursor);
    if (!below.empty() && clang_isExpression(clang_getCursorKind(below.back())) != 0)
        view_of_temporary(cursor, below.back(), clang_getCursorType(cursor));
}

} // namespace safe
