// libclang's C API with C++ strings, vectors and lifetimes.
// SPDX-License-Identifier: MIT
#pragma once

#include <clang-c/Index.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace safe {

std::string text(CXString string); // and disposes of it
std::string name_of(CXCursor cursor);

std::vector<CXCursor> children(CXCursor cursor);
// The members of a class that are data, also of a template's implicit instantiation.
std::vector<CXCursor> fields(CXType type);

// Null when nothing is referenced.
CXCursor referenced(CXCursor cursor);
bool is_null(CXCursor cursor);

// The node below implicit conversions and parentheses.
CXCursor without_conversions(CXCursor expression);

// CURSOR or something in it fulfils CONDITION; what sizeof does not evaluate is left out.
bool any_below(CXCursor cursor, const std::function<bool(CXCursor)>& condition);

bool is_literal(CXCursor expression); // a string's

CXType canonical(CXType type);
bool same_type(CXType a, CXType b); // but for const and volatile
bool is_reference(CXType type);
bool is_integer(CXType type); // bool and characters too
bool is_enumeration(CXType type);
bool is_record(CXType type);

// Qualified by namespaces and classes, inline namespaces left out: "std::ranges::any_of".
std::string qualified_name(CXCursor declaration);
bool is_member(CXCursor declaration); // its parent is a class
bool is_function(CXCursor declaration);
// A template's specialisation, or a part of one.
bool is_specialisation(CXCursor declaration);

// Where the text stands that made this: in a macro's argument the argument, else the macro's name.
struct Place {
    CXFile file = nullptr;
    unsigned line = 0;
    unsigned column = 0;
    unsigned offset = 0;
};
Place place_of(CXSourceLocation location);
Place place_of(CXCursor cursor);

struct Word {
    std::string text;
    CXTokenKind kind;
    Place place;
};
// Comments are left out.
std::vector<Word> words_of(CXTranslationUnit unit, CXSourceRange range);

struct Dispose {
    void operator()(CXTranslationUnit unit) const { clang_disposeTranslationUnit(unit); }
    void operator()(CXIndex index) const { clang_disposeIndex(index); }
};
using Unit = std::unique_ptr<std::remove_pointer_t<CXTranslationUnit>, Dispose>;
using Index = std::unique_ptr<void, Dispose>;

} // namespace safe
