// Keywords, names and punctuation that the safe subset refuses.
// SPDX-License-Identifier: MIT
#include "allowed.hpp"
#include "text_rules.hpp"

#include <algorithm>
#include <cctype>
#include <map>

namespace safe {

namespace {

using Words = std::vector<Word>;

const std::map<std::string, Rule>& refused_words() {
    static const std::map<std::string, Rule> all{
        {"asm", Rule::assembly},
        {"__asm", Rule::assembly},
        {"__asm__", Rule::assembly},
        {"union", Rule::union_type},
        {"goto", Rule::jump},
        {"volatile", Rule::volatile_object},
        {"__volatile__", Rule::volatile_object},
        {"thread_local", Rule::global_state},
        {"__thread", Rule::global_state},
        {"new", Rule::dynamic_memory},
        {"reinterpret_cast", Rule::cast},
        {"const_cast", Rule::cast},
        {"dynamic_cast", Rule::cast},
        {"nullptr", Rule::pointer},
        {"typeid", Rule::exception},
        {"throw", Rule::exception},
        {"try", Rule::exception},
        {"catch", Rule::exception},
        {"co_await", Rule::unknown},
        {"co_yield", Rule::unknown},
        {"co_return", Rule::unknown},
        {"export", Rule::unknown},
        {"alignas", Rule::attribute},
        {"__attribute__", Rule::attribute},
        {"__attribute", Rule::attribute},
        {"__declspec", Rule::attribute},
        {"bitand", Rule::spelling},
        {"compl", Rule::spelling},
        {"and", Rule::spelling},
        {".*", Rule::pointer},
        {"->*", Rule::pointer},
        {"<:", Rule::spelling},
        {":>", Rule::spelling},
        {"<%", Rule::spelling},
        {"%>", Rule::spelling},
        {"%:", Rule::spelling},
        {"%:%:", Rule::spelling},
        {"bit_cast", Rule::bit_cast},
        {"__builtin_bit_cast", Rule::bit_cast},
        {"__builtin_addressof", Rule::address_of},
    };
    return all;
}

bool is_reserved(const std::string& word) {
    if (word.starts_with("__builtin_mem") || word.starts_with("__builtin_va_"))
        return true;
    return word.find("__") != std::string::npos ||
           (word.size() > 1 && word[0] == '_' &&
            std::isupper(static_cast<unsigned char>(word[1])) != 0);
}

Rule rule_for_reserved(const std::string& word) {
    if (word.starts_with("__builtin_mem"))
        return Rule::raw_memory;
    return word.starts_with("__builtin_va_") ? Rule::varargs : Rule::reserved_name;
}

const std::string& word_at(const Words& words, std::size_t at) {
    static const std::string none;
    return at < words.size() ? words[at].text : none;
}

std::size_t closing(const Words& words, std::size_t at, const char* open, const char* close) {
    int depth = 0;
    for (; at < words.size(); ++at) {
        if (words[at].text == open)
            ++depth;
        if (words[at].text == close && --depth == 0)
            break;
    }
    return at;
}

// How many semicolons stand between the parentheses of `for (...)` or `switch (...)`?
int semicolons(const Words& words, std::size_t open) {
    int depth = 0;
    int count = 0;
    for (std::size_t at = open; at < words.size(); ++at) {
        const std::string& word = words[at].text;
        if (word == "(" || word == "{" || word == "[")
            ++depth;
        if ((word == ")" || word == "}" || word == "]") && --depth == 0)
            break;
        if (word == ";" && depth == 1)
            ++count;
    }
    return count;
}

// `&` after something that cannot end an operand or a type: it takes an address (in a template
// libclang may not say so). Between square brackets it is a capture.
bool takes_address(const Words& words, std::size_t at, bool in_brackets) {
    static const std::set<std::string> before{
        "(", ",", "=", "{", "return", "?", ":", "==", "!=", "&&", "||", "!", "<", ";", "+", "-"};
    return words[at].text == "&" && at > 0 && !in_brackets && before.contains(words[at - 1].text);
}

void check_name(const Words& words, std::size_t at, Report& report) {
    const Word& word = words[at];
    const std::string& before = at > 0 ? words[at - 1].text : word_at(words, words.size());
    const auto refused = refused_words().find(word.text);
    if (refused != refused_words().end())
        report.add(refused->second, word.place);
    else if (word.kind != CXToken_Punctuation && is_reserved(word.text))
        report.add(rule_for_reserved(word.text), word.place);
    // In a template such a name may be looked up where the checker does not see it.
    static const std::set<std::string> raw{
        "memcpy",   "memmove",           "memset",     "memcmp",       "addressof", "launder",
        "as_bytes", "as_writable_bytes", "to_address", "construct_at", "destroy_at"};
    if (raw.contains(word.text))
        report.add(Rule::raw_memory, word.place);
    const bool deletes = word.text == "delete" && before != "=";
    if (deletes)
        report.add(Rule::dynamic_memory, word.place);
    const bool of_object = before == "." || before == "->" || before == "template";
    const std::string& next = word_at(words, at + 1);
    const bool called = next == "(" || (next == ")" && word_at(words, at + 2) == "(");
    if (of_object && called && gives_iterator_or_pointer(word.text))
        report.add(Rule::begin_data, word.place);
    if (of_object && word.text == "~")
        report.add(Rule::destructor_call, word.place);
}

void check_statement(const Words& words, std::size_t at, Report& report) {
    const std::string& word = words[at].text;
    const bool opens = word_at(words, at + 1) == "(";
    if (word == "switch" && opens && semicolons(words, at + 1) > 0)
        report.add(Rule::hidden_statement, words[at].place);
    if (word == "for" && opens && semicolons(words, at + 1) == 1)
        report.add(Rule::hidden_statement, words[at].place);
    if (word == "decltype" && opens) {
        const std::string& next = word_at(words, closing(words, at + 1, "(", ")") + 1);
        if (next == "(" || next == "{")
            report.add(Rule::cast, words[at].place);
    }
}

} // namespace

void check_words(const Words& words, Report& report) {
    int brackets = 0;
    unsigned directive = 0;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const std::string& word = words[at].text;
        if (starts_line(words, at) && word == "#")
            directive = words[at].place.line; // directives.cpp looks at its words
        if (words[at].kind == CXToken_Literal || words[at].place.line == directive)
            continue;
        if (word == "[" && word_at(words, at + 1) == "[") // with a blank between them, too
            check_attribute(words, at, report);
        brackets += word == "[" ? 1 : word == "]" ? -1 : 0;
        check_name(words, at, report);
        check_statement(words, at, report);
        if (takes_address(words, at, brackets > 0))
            report.add(Rule::address_of, words[at].place);
    }
}

} // namespace safe
