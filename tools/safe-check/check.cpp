// Parsing, and the order of the checks.
// SPDX-License-Identifier: MIT
#include "check.hpp"

#include "report.hpp"
#include "text_rules.hpp"
#include "walk.hpp"

#include <filesystem>
#include <optional>

namespace safe {

namespace {

// Warnings of clang that are rules here.
const std::vector<std::string>& warnings() {
    static const std::vector<std::string> all{
        "-Wreturn-type",   "-Wreturn-stack-address",      "-Wdangling",        "-Wdangling-gsl",
        "-Wuninitialized", "-Wno-unknown-warning-option", "-Qunused-arguments"};
    return all;
}

std::optional<Rule> rule_for(const std::string& warning) {
    if (warning == "-Wreturn-type")
        return Rule::missing_return;
    if (warning.starts_with("-Wdangling") || warning == "-Wreturn-stack-address")
        return Rule::dangling;
    if (warning == "-Wuninitialized" || warning == "-Wsometimes-uninitialized")
        return Rule::uninitialised;
    return std::nullopt;
}

Unit parse(CXIndex index, const std::string& source, const std::vector<std::string>& flags) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(source, error))
        throw Missing("there is no file " + source);
    std::vector<const char*> words;
    for (const auto* part : {&flags, &warnings()})
        for (const std::string& flag : *part)
            words.push_back(flag.c_str());
    CXTranslationUnit unit = nullptr;
    const CXErrorCode result = clang_parseTranslationUnit2(
        index, source.c_str(), words.data(), static_cast<int>(words.size()), nullptr, 0,
        CXTranslationUnit_DetailedPreprocessingRecord, &unit);
    if (result != CXError_Success)
        throw Missing("libclang cannot parse " + source + ": are the flags clang's?");
    return Unit(unit);
}

void check_diagnostics(CXTranslationUnit unit, const std::string& source, Zones& zones,
                       Report& report) {
    for (unsigned i = 0; i < clang_getNumDiagnostics(unit); ++i) {
        CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
        const bool error = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
        const std::string words =
            text(clang_formatDiagnostic(diagnostic, clang_defaultDiagnosticDisplayOptions()));
        const std::string warning = text(clang_getDiagnosticOption(diagnostic, nullptr));
        const Place place = place_of(clang_getDiagnosticLocation(diagnostic));
        clang_disposeDiagnostic(diagnostic);
        const std::optional<Rule> rule = rule_for(warning);
        if (rule && zones.of(place.file) == Zone::own)
            report.add(*rule, place);
        else if (error)
            throw Missing(std::string(source).append(" does not compile: ").append(words));
    }
}

} // namespace

std::vector<Finding> check_file(const std::string& source, const std::vector<std::string>& flags,
                                const Folders& folders) {
    const Index index(clang_createIndex(0, 0));
    const Unit unit = parse(index.get(), source, flags);
    Zones zones(unit.get(), folders);
    Report report;
    check_diagnostics(unit.get(), source, zones, report);
    for (CXFile file : zones.own_files()) {
        std::size_t size = 0;
        clang_getFileContents(unit.get(), file, &size);
        const CXSourceRange whole = clang_getRange(
            clang_getLocationForOffset(unit.get(), file, 0),
            clang_getLocationForOffset(unit.get(), file, static_cast<unsigned>(size)));
        const std::vector<Word> words = words_of(unit.get(), whole);
        check_lines(unit.get(), file, report);
        check_directives(words, report);
        check_words(words, report);
    }
    Walk(unit.get(), zones, report).whole_unit();
    return report.findings();
}

} // namespace safe
