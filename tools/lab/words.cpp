// Synonyms, numbers and lists, as students write them.
// SPDX-License-Identifier: MIT
//
// A synonym that names two things (library: the library OS, or the system library) is none.
#include "words.hpp"

#include "text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <regex>

namespace lab {

std::string lower(std::string_view text) {
    std::string result(text);
    for (auto& c : result)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view BLANKS = " \t\v\f";
    const auto first = text.find_first_not_of(BLANKS);
    if (first == text.npos)
        return "";
    return std::string(text.substr(first, text.find_last_not_of(BLANKS) - first + 1));
}

std::string printable(std::string_view text, std::size_t longest) {
    std::string result;
    for (const char c : text.substr(0, longest)) {
        const auto byte = static_cast<unsigned char>(c);
        result += byte < 0x20 || byte >= 0x7f ? '?' : c;
    }
    return text.size() > longest ? result + "..." : result;
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (int i = static_cast<int>(digits.size()) - 3; i > 0; i -= 3)
        digits.insert(static_cast<std::size_t>(i), 1, ',');
    return digits;
}

// Lower case, - and _ as blanks, one blank between words, no article, no quotation marks.
static std::string normal(std::string_view text) {
    std::string result;
    for (const char c : lower(text)) {
        if (c == '"' || c == '\'')
            continue;
        const bool blank = c == '-' || c == '_' || std::isspace(static_cast<unsigned char>(c)) != 0;
        if (!blank)
            result += c;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    if (result.starts_with("the "))
        result.erase(0, 4);
    return trimmed(result);
}

struct Meaning {
    std::string_view name;
    std::vector<std::string_view> words;
};

static std::optional<std::string> meaning(std::string_view text,
                                          const std::vector<Meaning>& known) {
    const std::string word = normal(text);
    for (const auto& [name, words] : known)
        if (word == lower(name) || std::ranges::find(words, word) != words.end())
            return std::string(name);
    return std::nullopt;
}

std::optional<std::string> domain_of(std::string_view text) {
    static const std::vector<Meaning> KNOWN = {
        {"kernel", {}},
        {"pager", {"pager server", "server", "user level pager", "external pager"}},
        {"extension", {"spin extension", "pager extension", "kernel extension"}},
        {"library OS", {"libos", "lib os", "library operating system"}},
        {"program", {"application", "app", "user program"}},
    };
    return meaning(text, KNOWN);
}

std::optional<std::string> mode_of(std::string_view text) {
    static const std::vector<Meaning> KNOWN = {
        {"U", {"u mode", "user", "user mode", "unprivileged"}},
        {"S", {"s mode", "supervisor", "supervisor mode", "kernel mode", "privileged"}},
        {"M", {"m mode", "machine", "machine mode"}},
    };
    return meaning(text, KNOWN);
}

std::optional<std::string> kernel_of(std::string_view text) {
    static const std::vector<Meaning> KNOWN = {
        {"monolithic", {"monolith", "monolithic kernel"}},
        {"micro", {"microkernel", "micro kernel"}},
        {"spin", {"spin kernel", "extensible", "extensible kernel"}},
        {"exo", {"exokernel", "exo kernel"}},
    };
    return meaning(text, KNOWN);
}

std::optional<std::string> stage_of(std::string_view text) {
    static constexpr std::array STAGES = {"receive", "dispatch", "resolve", "frame",
                                          "fill",    "install",  "resume"};
    std::string word = normal(text);
    if (word.starts_with("fault "))
        word.erase(0, 6);
    const auto stage = std::ranges::find(STAGES, word);
    return stage == STAGES.end() ? std::nullopt : std::optional<std::string>(*stage);
}

std::optional<bool> yes_or_no(std::string_view text) {
    const std::string word = normal(text);
    if (word == "yes" || word == "y" || word == "true")
        return true;
    if (word == "no" || word == "n" || word == "false")
        return false;
    return std::nullopt;
}

// "1,097" without its commas; a comma elsewhere stays and spoils the number.
static std::string ungrouped(std::string text) {
    static const std::regex GROUPED("[0-9]{1,3}(,[0-9]{3})+");
    if (text.size() < 30 && std::regex_match(text, GROUPED))
        std::erase(text, ',');
    return text;
}

std::optional<std::uint64_t> count_of(std::string_view text) {
    static constexpr std::array WORDS = {"zero", "one", "two",   "three", "four",
                                         "five", "six", "seven", "eight"};
    const std::string word = normal(text);
    if (word == "none" || word == "no")
        return 0;
    const auto* known = std::ranges::find(WORDS, word);
    if (known != WORDS.end())
        return static_cast<std::uint64_t>(known - WORDS.begin());
    const std::string digits = ungrouped(trimmed(text));
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

std::optional<double> percent_of(std::string_view text) {
    std::string digits = trimmed(text);
    for (const std::string_view sign : {"%", "percent"})
        if (digits.ends_with(sign))
            digits = trimmed(std::string_view(digits).substr(0, digits.size() - sign.size()));
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || !(value >= 0) ||
        value > 1000)
        return std::nullopt;
    return value;
}

std::optional<std::vector<std::string>> kernels_in_order(std::string_view text) {
    std::string words = lower(text);
    for (auto& c : words)
        if (c == ',' || c == '<' || c == ';' || c == '>' || c == '\t')
            c = ' ';
    std::vector<std::string> kernels;
    for (const auto& word : faultline::split(words, ' ')) {
        if (word.empty() || word == "then" || word == "and")
            continue;
        const auto kernel = kernel_of(word);
        if (!kernel)
            return std::nullopt;
        kernels.push_back(*kernel);
    }
    return kernels;
}

} // namespace lab
