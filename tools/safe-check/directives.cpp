// Directives, lines that continue, and attributes.
// SPDX-License-Identifier: MIT
#include "allowed.hpp"
#include "text_rules.hpp"

#include <string_view>

namespace safe {

namespace {

using Words = std::vector<Word>;

// The words of a line from AT on, without spaces between them.
std::string rest_of_line(const Words& words, std::size_t at) {
    std::string rest;
    for (std::size_t i = at; i < words.size() && words[i].place.line == words[at].place.line; ++i)
        rest += words[i].text;
    return rest;
}

bool is_allowed_header(const std::string& header) {
    if (header.size() < 3)
        return false;
    const std::string name = header.substr(1, header.size() - 2);
    if (header.front() == '<' && header.back() == '>')
        return allowed_std_headers().contains(name);
    return header.front() == '"' && header.back() == '"' && may_include_quoted(name);
}

// The function that an attribute in front of its declaration speaks of.
std::string function_after(const Words& words, std::size_t at) {
    for (; at + 1 < words.size() && words[at].text != ";" && words[at].text != "{"; ++at)
        if (words[at + 1].text == "(" && words[at].kind == CXToken_Identifier)
            return words[at].text;
    return "";
}

} // namespace

bool starts_line(const Words& words, std::size_t at) {
    return at == 0 || words[at - 1].place.line != words[at].place.line;
}

void check_directives(const Words& words, Report& report) {
    for (std::size_t at = 0; at + 1 < words.size(); ++at) {
        if (words[at].text != "#" || !starts_line(words, at))
            continue;
        const std::string& directive = words[at + 1].text;
        if (directive == "include") {
            if (at + 2 >= words.size() || !is_allowed_header(rest_of_line(words, at + 2)))
                report.add(Rule::include, words[at].place);
        } else if (rest_of_line(words, at) != "#pragmaonce") {
            report.add(Rule::preprocessor, words[at].place);
        }
    }
}

void check_attribute(const Words& words, std::size_t at, Report& report) {
    std::size_t i = at + 2;
    int depth = 0;
    bool names = true; // before the arguments of an attribute
    std::string name;
    std::vector<std::string> all;
    for (; i < words.size() && !(depth == 0 && words[i].text == "]"); ++i) {
        const std::string& word = words[i].text;
        if (word == "(") {
            ++depth;
            names = false;
        } else if (word == ")") {
            --depth;
        } else if (depth == 0 && word == ",") {
            all.push_back(name);
            name.clear();
            names = true;
        } else if (names) {
            name += word;
        }
    }
    all.push_back(name);
    for (const std::string& attribute : all) {
        const bool of_stage =
            attribute == "gnu::noipa" && stage_functions().contains(function_after(words, i + 2));
        if (!of_stage && !allowed_attributes().contains(attribute))
            report.add(Rule::attribute, words[at].place);
    }
}

void check_lines(CXTranslationUnit unit, CXFile file, Report& report) {
    std::size_t size = 0;
    const char* contents = clang_getFileContents(unit, file, &size);
    const std::string text(contents != nullptr ? contents : "", contents != nullptr ? size : 0);
    Place place{file, 1, 1, 0};
    for (std::size_t start = 0; start < text.size(); ++place.line) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        const std::size_t last = text.find_last_not_of(" \t\r\f\v", end == 0 ? 0 : end - 1);
        // GCC joins lines where a zero byte stands behind the backslash, clang does not.
        const std::string_view line = std::string_view(text).substr(start, end - start);
        const bool has_zero = line.find('\0') != std::string_view::npos;
        const bool is_joined =
            end > start && last != std::string::npos && last >= start && text[last] == '\\';
        if (has_zero || is_joined)
            report.add(Rule::preprocessor, place);
        start = end + 1;
    }
}

} // namespace safe
