// Looking into types.
// SPDX-License-Identifier: MIT
#include "types.hpp"

#include "failure.hpp"

#include <algorithm>
#include <set>

namespace safe {

namespace {

// Parts within parts: what is deeper, or has more kinds of parts, is refused.
constexpr int DEEPEST = 64;
constexpr std::size_t MOST_PARTS = 5000;

// The types that a question has come to. Each is looked into once: types hold themselves behind
// template arguments, and tuples of tuples the same type many times.
class Seen {
public:
    // False where TYPE was seen. Throws TooDeep.
    bool enter(CXType type, int depth) {
        const bool fresh = types_.insert(type.data[0]).second;
        if (depth > DEEPEST || types_.size() > MOST_PARTS)
            throw TooDeep();
        return fresh;
    }

private:
    std::set<const void*> types_;
};

std::vector<CXType> template_arguments(CXType type) {
    std::vector<CXType> all;
    for (int i = 0; i < clang_Type_getNumTemplateArguments(type); ++i) {
        const CXType argument =
            clang_Type_getTemplateArgumentAsType(type, static_cast<unsigned>(i));
        if (argument.kind != CXType_Invalid)
            all.push_back(argument);
    }
    return all;
}

// Its members and base classes.
std::vector<CXType> parts_of(CXType type) {
    std::vector<CXType> all;
    for (const CXCursor field : fields(type))
        all.push_back(clang_getCursorType(field));
    for (const CXCursor child : children(clang_getTypeDeclaration(type)))
        if (clang_getCursorKind(child) == CXCursor_CXXBaseSpecifier)
            all.push_back(clang_getCursorType(child));
    return all;
}

std::string class_name(CXType type) { return qualified_name(clang_getTypeDeclaration(type)); }

bool is_of_std(CXType type) { return class_name(type).starts_with("std::"); }

bool is_view(CXType type) {
    const std::string name = class_name(type);
    return name == "std::span" || name == "std::basic_string_view" ||
           name == "std::initializer_list" || name == "std::reference_wrapper";
}

template <class Condition>
bool anywhere(CXType type, Condition condition, Seen& seen, int depth = 0) {
    type = canonical(type);
    if (type.kind == CXType_Invalid || !seen.enter(type, depth))
        return false;
    if (condition(type))
        return true;
    if (is_reference(type))
        return anywhere(clang_getPointeeType(type), condition, seen, depth + 1);
    if (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray)
        return anywhere(clang_getArrayElementType(type), condition, seen, depth + 1);
    return std::ranges::any_of(template_arguments(type), [&](CXType argument) {
        return anywhere(argument, condition, seen, depth + 1);
    });
}

void add_viewed(CXType type, std::vector<CXType>& all, Seen& seen, int depth) {
    type = canonical(type);
    if (type.kind == CXType_Invalid || !seen.enter(type, depth))
        return;
    if (is_reference(type)) {
        all.push_back(clang_getPointeeType(type));
        add_viewed(clang_getPointeeType(type), all, seen, depth + 1);
    } else if (is_record(type)) {
        const bool view = is_view(type);
        const bool by_arguments = view || is_of_std(type);
        for (const CXType part : by_arguments ? template_arguments(type) : parts_of(type)) {
            if (view)
                all.push_back(part);
            add_viewed(part, all, seen, depth + 1);
        }
    }
}

bool owns(CXType type, CXType part, Seen& seen, int depth) {
    type = canonical(type);
    if (type.kind == CXType_Invalid || is_reference(type) || !seen.enter(type, depth))
        return false;
    if (same_type(type, part))
        return true;
    if (type.kind == CXType_ConstantArray)
        return owns(clang_getArrayElementType(type), part, seen, depth + 1);
    if (!is_record(type) || is_view(type))
        return false;
    const auto within = [&](CXType inner) { return owns(inner, part, seen, depth + 1); };
    return std::ranges::any_of(is_of_std(type) ? template_arguments(type) : parts_of(type), within);
}

} // namespace

bool holds_pointer(CXType type) {
    Seen seen;
    const auto pointer = [](CXType part) {
        return part.kind == CXType_Pointer || part.kind == CXType_MemberPointer ||
               part.kind == CXType_NullPtr || part.kind == CXType_BlockPointer;
    };
    return anywhere(type, pointer, seen);
}

bool holds_array(CXType type) {
    Seen seen;
    const auto array = [](CXType part) {
        return part.kind == CXType_ConstantArray || part.kind == CXType_IncompleteArray ||
               part.kind == CXType_VariableArray || part.kind == CXType_DependentSizedArray;
    };
    return anywhere(type, array, seen);
}

std::vector<CXType> viewed_types(CXType type) {
    std::vector<CXType> all;
    Seen seen;
    add_viewed(type, all, seen, 0);
    return all;
}

bool owns(CXType type, CXType part) {
    Seen seen;
    return owns(type, part, seen, 0);
}

bool owns_any(CXType type, const std::vector<CXType>& parts) {
    return std::ranges::any_of(parts, [&](CXType part) { return owns(type, part); });
}

// Of a specialisation libclang shows the members' types, and the rest in its template.
static CXCursor as_written(CXCursor declaration) {
    const CXCursor general = clang_getSpecializedCursorTemplate(declaration);
    return is_null(general) || !children(declaration).empty() ? declaration : general;
}

static bool is_plain_class(CXCursor declaration) {
    for (const CXCursor child : children(as_written(declaration))) {
        const CXCursorKind kind = clang_getCursorKind(child);
        if (kind == CXCursor_Constructor || kind == CXCursor_CXXBaseSpecifier)
            return false;
        if (kind == CXCursor_FieldDecl && clang_getCXXAccessSpecifier(child) != CX_CXXPublic)
            return false;
    }
    return true;
}

namespace {

enum class Enumerations { refused, taken };

bool is_data(CXType type, Enumerations enumerations, Seen& seen, int depth = 0) {
    type = canonical(type);
    if (!seen.enter(type, depth))
        return true; // or an answer that is on its way is no
    const auto is_part = [&](CXType part) { return is_data(part, enumerations, seen, depth + 1); };
    if (is_enumeration(type))
        return enumerations == Enumerations::taken || class_name(type) == "std::byte";
    if (is_integer(type))
        return type.kind != CXType_Bool;
    if (!is_record(type))
        return false;
    if (class_name(type) == "std::array") {
        const std::vector<CXType> arguments = template_arguments(type);
        return !arguments.empty() && is_part(arguments.front());
    }
    return !is_of_std(type) && is_plain_class(clang_getTypeDeclaration(type)) &&
           std::ranges::all_of(parts_of(type), is_part);
}

} // namespace

bool is_plain_data(CXType type) {
    Seen seen;
    return is_data(type, Enumerations::refused, seen);
}

bool is_storable_data(CXType type) {
    Seen seen;
    return is_data(type, Enumerations::taken, seen);
}

// By its words: libclang shows the numbers of its type as it does a value.
bool has_initialiser(CXCursor member) {
    const std::vector<Word> words =
        words_of(clang_Cursor_getTranslationUnit(member), clang_getCursorExtent(member));
    if (clang_Cursor_isBitField(member) == 0)
        return !words.empty() && words.back().text != name_of(member);
    return std::ranges::any_of(
        words, [](const Word& word) { return word.text == "=" || word.text == "{"; });
}

// A constructor without parameters that somebody wrote.
static bool is_written_default(CXCursor member) {
    return clang_getCursorKind(member) == CXCursor_Constructor &&
           clang_CXXMethod_isDefaulted(member) == 0 && clang_Cursor_getNumArguments(member) == 0;
}

static bool lacks_first_value(CXType type, Seen& seen, int depth) {
    type = canonical(type);
    if (is_integer(type) || is_enumeration(type))
        return true;
    if (!is_record(type) || !seen.enter(type, depth))
        return false;
    const auto lacks = [&](CXType part) { return lacks_first_value(part, seen, depth + 1); };
    if (is_of_std(type))
        return class_name(type) == "std::array" && !template_arguments(type).empty() &&
               lacks(template_arguments(type).front());
    const std::vector<CXCursor> members = children(as_written(clang_getTypeDeclaration(type)));
    if (std::ranges::any_of(members, is_written_default))
        return false;
    std::set<std::string> given;
    for (const CXCursor member : members) {
        if (clang_getCursorKind(member) == CXCursor_FieldDecl && has_initialiser(member))
            given.insert(name_of(member));
        if (clang_getCursorKind(member) == CXCursor_CXXBaseSpecifier &&
            lacks(clang_getCursorType(member)))
            return true;
    }
    return std::ranges::any_of(fields(type), [&](CXCursor field) {
        return !given.contains(name_of(field)) && lacks(clang_getCursorType(field));
    });
}

bool lacks_first_value(CXType type) {
    Seen seen;
    return lacks_first_value(type, seen, 0);
}

static bool has_destructor(CXType type, Seen& seen, int depth) {
    type = canonical(type);
    if (!is_record(type) || !seen.enter(type, depth))
        return false;
    for (const CXCursor child : children(clang_getTypeDeclaration(type)))
        if (clang_getCursorKind(child) == CXCursor_Destructor &&
            clang_CXXMethod_isDefaulted(child) == 0)
            return true;
    const auto within = [&](CXType part) { return has_destructor(part, seen, depth + 1); };
    return std::ranges::any_of(is_of_std(type) ? template_arguments(type) : parts_of(type), within);
}

bool has_destructor(CXType type) {
    Seen seen;
    return has_destructor(type, seen, 0);
}

} // namespace safe
