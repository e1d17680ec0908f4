// From declarations to hashes, through libclang.
// SPDX-License-Identifier: MIT
#include "interface.hpp"

#include "clang.hpp"
#include "flags.hpp"

#include "lib/siphash.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

namespace fs = std::filesystem;

namespace spin_cc {

namespace {

// Says in one line all that a type's meaning depends on. A type that was described before is named
// only: types contain themselves, by references.
class Describer {
public:
    std::string of_function(CXCursor function) {
        const CXType type = clang_getCursorType(function);
        std::string words = of(clang_getResultType(type)) + "(";
        for (int i = 0; i < clang_getNumArgTypes(type); ++i)
            words += of(clang_getArgType(type, static_cast<unsigned>(i))) + ",";
        return words + ")";
    }

private:
    // Name, size and alignment; and what it is made of, the first time.
    std::string of(CXType any) {
        const CXType type = clang_getCanonicalType(any);
        const std::string name = safe::text(clang_getTypeSpelling(type));
        std::string words = name + ":" + std::to_string(clang_Type_getSizeOf(type)) + "/" +
                            std::to_string(clang_Type_getAlignOf(type));
        if (seen_.insert(name).second)
            words += "{" + parts_of(type) + "}";
        return words;
    }

    std::string parts_of(CXType type) {
        std::string words;
        const CXType pointee = clang_getPointeeType(type);
        const CXType element = clang_getArrayElementType(type);
        const CXType result = clang_getResultType(type);
        for (const CXType& part : {pointee, element, result})
            if (part.kind != CXType_Invalid)
                words += of(part) + ";";
        for (int i = 0; i < clang_getNumArgTypes(type); ++i)
            words += of(clang_getArgType(type, static_cast<unsigned>(i))) + ";";
        for (int i = 0; i < clang_Type_getNumTemplateArguments(type); ++i)
            if (const auto one =
                    clang_Type_getTemplateArgumentAsType(type, static_cast<unsigned>(i));
                one.kind != CXType_Invalid)
                words += of(one) + ";";
        return words + members_of(type);
    }

    std::string members_of(CXType type) {
        std::string words;
        const CXCursor declaration = clang_getTypeDeclaration(type);
        for (const CXCursor& child : safe::children(declaration)) {
            const CXCursorKind kind = clang_getCursorKind(child);
            if (kind == CXCursor_EnumConstantDecl)
                words += safe::name_of(child) + "=" +
                         std::to_string(clang_getEnumConstantDeclValue(child)) + ";";
            if (kind == CXCursor_CXXBaseSpecifier)
                words += "base " + of(clang_getCursorType(child)) + ";";
        }
        if (clang_getCursorKind(declaration) == CXCursor_EnumDecl)
            words += of(clang_getEnumDeclIntegerType(declaration));
        for (const CXCursor& field : safe::fields(type))
            words += safe::name_of(field) + "@" +
                     std::to_string(clang_Cursor_getOffsetOfField(field)) + " " +
                     of(clang_getCursorType(field)) + ";";
        return words;
    }

    std::set<std::string> seen_;
};

std::string hash_of(const std::string& words) {
    const std::uint64_t hash = siphash({}, std::as_bytes(std::span(words)));
    std::array<char, 17> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(hash));
    return digits.data();
}

// Functions that the interface promises: declared at namespace scope, and defined elsewhere.
void collect(CXCursor scope, const fs::path& folder, Interface& interface) {
    for (const CXCursor& child : safe::children(scope)) {
        const CXCursorKind kind = clang_getCursorKind(child);
        if (kind == CXCursor_Namespace || kind == CXCursor_LinkageSpec ||
            kind == CXCursor_UnexposedDecl)
            collect(child, folder, interface);
        if (kind != CXCursor_FunctionDecl || clang_isCursorDefinition(child) != 0)
            continue;
        const fs::path file = safe::text(clang_getFileName(safe::place_of(child).file));
        if (fs::weakly_canonical(file).parent_path() != folder)
            continue;
        const std::string name = safe::text(clang_Cursor_getMangling(child));
        interface[name] = name + "." + hash_of(Describer().of_function(child));
    }
}

std::string including_all(const fs::path& folder) {
    std::set<fs::path> headers;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".hpp")
            headers.insert(entry.path());
    std::string text;
    for (const fs::path& header : headers)
        text += "#include \"" + header.string() + "\"\n";
    return text;
}

} // namespace

Interface read_interface(const fs::path& folder, const std::vector<std::string>& flags) {
    const fs::path real = fs::canonical(folder);
    const std::string text = including_all(real);
    CXUnsavedFile file{"interface.cpp", text.c_str(), text.size()};
    std::vector<const char*> words;
    for (const std::string& flag : flags)
        words.push_back(flag.c_str());
    const safe::Index index(clang_createIndex(0, 0));
    CXTranslationUnit parsed = nullptr;
    if (clang_parseTranslationUnit2(index.get(), file.Filename, words.data(),
                                    static_cast<int>(words.size()), &file, 1,
                                    CXTranslationUnit_None, &parsed) != CXError_Success)
        throw safe::Missing("libclang cannot parse the headers of " + folder.string());
    const safe::Unit unit(parsed);
    for (unsigned i = 0; i < clang_getNumDiagnostics(parsed); ++i) {
        CXDiagnostic diagnostic = clang_getDiagnostic(parsed, i);
        const bool is_error = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
        const std::string said =
            safe::text(clang_formatDiagnostic(diagnostic, clang_defaultDiagnosticDisplayOptions()));
        clang_disposeDiagnostic(diagnostic);
        if (is_error)
            throw safe::Missing("the interface does not compile: " + said);
    }
    Interface interface;
    collect(clang_getTranslationUnitCursor(parsed), real, interface);
    return interface;
}

std::string as_macros(const Interface& interface) {
    std::string text = "# Names with the hash of what they mean; made by spin-cc --names.\n";
    for (const auto& [name, full] : interface)
        text += ".macro NAME_OF_" + name + "\n    .ascii \"" + full + "\"\n.endm\n";
    return text;
}

} // namespace spin_cc
