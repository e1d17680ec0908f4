// Looking into types.
// SPDX-License-Identifier: MIT
#include "types.hpp"

#include <algorithm>

namespace safe {

namespace {

// Types that hold themselves behind template arguments end here.
constexpr int DEEPEST = 12;

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
    clang_Type_visitFields(
        type,
        [](CXCursor field, CXClientData data) {
            static_cast<std::vector<CXType>*>(data)->push_back(clang_getCursorType(field));
            return CXVisit_Continue;
        },
        &all);
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
bool anywhere(CXType type, Condition condition, int depth = 0) {
    type = canonical(type);
    if (depth > DEEPEST || type.kind == CXType_Invalid)
        return false;
    if (condition(type))
        return true;
    if (is_reference(type))
        return anywhere(clang_getPointeeType(type), condition, depth + 1);
    if (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray)
        return anywhere(clang_getArrayElementType(type), condition, depth + 1);
    return std::ranges::any_of(template_arguments(type), [&](CXType argument) {
        return anywhere(argument, condition, depth + 1);
    });
}

void add_viewed(CXType type, std::vector<CXType>& all, int depth) {
    type = canonical(type);
    if (depth > DEEPEST || type.kind == CXType_Invalid)
        return;
    if (is_reference(type)) {
        all.push_back(clang_getPointeeType(type));
        add_viewed(clang_getPointeeType(type), all, depth + 1);
    } else if (is_record(type)) {
        const bool view = is_view(type);
        const bool by_arguments = view || is_of_std(type);
        for (const CXType part : by_arguments ? template_arguments(type) : parts_of(type)) {
            if (view)
                all.push_back(part);
            add_viewed(part, all, depth + 1);
        }
    }
}

bool owns(CXType type, CXType part, int depth) {
    type = canonical(type);
    if (depth > DEEPEST || type.kind == CXType_Invalid || is_reference(type))
        return false;
    if (same_type(type, part))
        return true;
    if (type.kind == CXType_ConstantArray)
        return owns(clang_getArrayElementType(type), part, depth + 1);
    if (!is_record(type) || is_view(type))
        return false;
    const auto within = [&](CXType inner) { return owns(inner, part, depth + 1); };
    return std::ranges::any_of(is_of_std(type) ? template_arguments(type) : parts_of(type), within);
}

} // namespace

bool holds_pointer(CXType type) {
    return anywhere(type, [](CXType part) {
        return part.kind == CXType_Pointer || part.kind == CXType_MemberPointer ||
               part.kind == CXType_NullPtr || part.kind == CXType_BlockPointer;
    });
}

bool holds_array(CXType type) {
    return anywhere(type, [](CXType part) {
        return part.kind == CXType_ConstantArray || part.kind == CXType_IncompleteArray ||
               part.kind == CXType_VariableArray || part.kind == CXType_DependentSizedArray;
    });
}

std::vector<CXType> viewed_types(CXType type) {
    std::vector<CXType> all;
    add_viewed(type, all, 0);
    return all;
}

bool owns(CXType type, CXType part) { return owns(type, part, 0); }

bool owns_any(CXType type, const std::vector<CXType>& parts) {
    return std::ranges::any_of(parts, [&](CXType part) { return owns(type, part); });
}

static bool is_plain_class(CXCursor declaration) {
    for (const CXCursor child : children(declaration)) {
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

bool is_data(CXType type, Enumerations enumerations) {
    type = canonical(type);
    const auto is_part = [&](CXType part) { return is_data(part, enumerations); };
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

bool is_plain_data(CXType type) { return is_data(type, Enumerations::refused); }
bool is_storable_data(CXType type) { return is_data(type, Enumerations::taken); }

bool has_destructor(CXType type) {
    type = canonical(type);
    if (!is_record(type))
        return false;
    for (const CXCursor child : children(clang_getTypeDeclaration(type)))
        if (clang_getCursorKind(child) == CXCursor_Destructor &&
            clang_CXXMethod_isDefaulted(child) == 0)
            return true;
    return std::ranges::any_of(is_of_std(type) ? template_arguments(type) : parts_of(type),
                               has_destructor);
}

} // namespace safe
