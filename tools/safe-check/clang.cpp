// libclang's C API with C++ strings and vectors.
// SPDX-License-Identifier: MIT
#include "clang.hpp"

#include <algorithm>
#include <utility>

namespace safe {

std::string text(CXString string) {
    const char* characters = clang_getCString(string);
    std::string copy = characters != nullptr ? characters : "";
    clang_disposeString(string);
    return copy;
}

std::string name_of(CXCursor cursor) { return text(clang_getCursorSpelling(cursor)); }

std::vector<CXCursor> fields(CXType type) {
    std::vector<CXCursor> all;
    clang_Type_visitFields(
        type,
        [](CXCursor field, CXClientData data) {
            static_cast<std::vector<CXCursor>*>(data)->push_back(field);
            return CXVisit_Continue;
        },
        &all);
    return all;
}

std::vector<CXCursor> children(CXCursor cursor) {
    std::vector<CXCursor> all;
    clang_visitChildren(
        cursor,
        [](CXCursor child, CXCursor, CXClientData data) {
            static_cast<std::vector<CXCursor>*>(data)->push_back(child);
            return CXChildVisit_Continue;
        },
        &all);
    return all;
}

CXCursor referenced(CXCursor cursor) { return clang_getCursorReferenced(cursor); }

bool is_null(CXCursor cursor) { return clang_Cursor_isNull(cursor) != 0; }

CXCursor without_conversions(CXCursor expression) {
    for (;;) {
        const CXCursorKind kind = clang_getCursorKind(expression);
        if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr)
            return expression;
        const std::vector<CXCursor> below = children(expression);
        if (below.size() != 1)
            return expression;
        expression = below.front();
    }
}

bool is_literal(CXCursor expression) {
    return clang_getCursorKind(without_conversions(expression)) == CXCursor_StringLiteral;
}

bool any_below(CXCursor cursor, const std::function<bool(CXCursor)>& condition) {
    if (clang_getCursorKind(cursor) == CXCursor_UnaryExpr)
        return false;
    return condition(cursor) || std::ranges::any_of(children(cursor), [&](CXCursor child) {
               return any_below(child, condition);
           });
}

CXType canonical(CXType type) { return clang_getCanonicalType(type); }

static std::string without_qualifiers(CXType type) {
    std::string name = text(clang_getTypeSpelling(type));
    for (const char* qualifier : {"const ", "volatile "})
        if (name.starts_with(qualifier))
            name.erase(0, std::string(qualifier).size());
    return name;
}

// Classes by their declarations: the spelling of nested templates can be longer than memory.
bool same_type(CXType a, CXType b) {
    a = canonical(a);
    b = canonical(b);
    if (clang_equalTypes(a, b) != 0)
        return true;
    if (a.kind != b.kind)
        return false;
    if (is_record(a) || is_enumeration(a))
        return clang_equalCursors(clang_getTypeDeclaration(a), clang_getTypeDeclaration(b)) != 0;
    if (is_reference(a) || a.kind == CXType_Pointer)
        return false;
    return without_qualifiers(a) == without_qualifiers(b);
}

bool is_reference(CXType type) {
    const CXTypeKind kind = canonical(type).kind;
    return kind == CXType_LValueReference || kind == CXType_RValueReference;
}

bool is_integer(CXType type) {
    const CXTypeKind kind = canonical(type).kind;
    return kind >= CXType_Bool && kind <= CXType_Int128;
}

bool is_enumeration(CXType type) { return canonical(type).kind == CXType_Enum; }

bool is_record(CXType type) { return canonical(type).kind == CXType_Record; }

static bool is_class(CXCursorKind kind) {
    return kind == CXCursor_StructDecl || kind == CXCursor_ClassDecl ||
           kind == CXCursor_UnionDecl || kind == CXCursor_ClassTemplate ||
           kind == CXCursor_ClassTemplatePartialSpecialization || kind == CXCursor_EnumDecl;
}

std::string qualified_name(CXCursor declaration) {
    std::string name = name_of(declaration);
    CXCursor parent = clang_getCursorSemanticParent(declaration);
    for (; !is_null(parent); parent = clang_getCursorSemanticParent(parent)) {
        const CXCursorKind kind = clang_getCursorKind(parent);
        if (is_class(kind) ||
            (kind == CXCursor_Namespace && clang_Cursor_isInlineNamespace(parent) == 0))
            name.insert(0, name_of(parent) + "::");
        if (kind == CXCursor_TranslationUnit)
            break;
    }
    return name;
}

bool is_member(CXCursor declaration) {
    return is_class(clang_getCursorKind(clang_getCursorSemanticParent(declaration)));
}

bool is_function(CXCursor declaration) {
    switch (clang_getCursorKind(declaration)) {
    case CXCursor_FunctionDecl:
    case CXCursor_CXXMethod:
    case CXCursor_Constructor:
    case CXCursor_Destructor:
    case CXCursor_ConversionFunction:
    case CXCursor_FunctionTemplate:
        return true;
    default:
        return false;
    }
}

bool is_specialisation(CXCursor declaration) {
    for (CXCursor at = declaration; !is_null(at); at = clang_getCursorSemanticParent(at)) {
        if (clang_getCursorKind(at) == CXCursor_TranslationUnit)
            return false;
        if (!is_null(clang_getSpecializedCursorTemplate(at)))
            return true;
    }
    return false;
}

Place place_of(CXSourceLocation location) {
    Place place;
    clang_getFileLocation(location, &place.file, &place.line, &place.column, &place.offset);
    return place;
}

Place place_of(CXCursor cursor) { return place_of(clang_getCursorLocation(cursor)); }

std::vector<Word> words_of(CXTranslationUnit unit, CXSourceRange range) {
    CXToken* tokens = nullptr;
    unsigned count = 0;
    clang_tokenize(unit, range, &tokens, &count);
    std::vector<Word> words;
    for (unsigned i = 0; i < count; ++i) {
        const CXTokenKind kind = clang_getTokenKind(tokens[i]);
        if (kind != CXToken_Comment)
            words.push_back({text(clang_getTokenSpelling(unit, tokens[i])), kind,
                             place_of(clang_getTokenLocation(unit, tokens[i]))});
    }
    clang_disposeTokens(unit, tokens, count);
    return words;
}

} // namespace safe
