// What lab 2's rig is asked and answers, in words.
// SPDX-License-Identifier: MIT
#include "fault_words.hpp"

#include "abi/lab_fault.hpp"
#include "text.hpp"

#include <array>
#include <functional>

namespace lab::fault {

using namespace fault_lab;
using faultline::hex;
using Words = Vocabulary::Words;

namespace {

constexpr unsigned REGISTERS = 32;
constexpr unsigned PAGE_SHIFT = 12;

std::string letters(std::string_view names, std::uint64_t bits) {
    std::string text;
    for (unsigned bit = 0; bit < names.size(); ++bit)
        if ((bits >> bit & 1) != 0)
            text += (text.empty() ? "" : " ") + std::string(1, names[bit]);
    return text.empty() ? "none" : text;
}

std::string register_words(std::uint64_t bits) {
    if (bits == 0)
        return "none";
    std::vector<std::string> names;
    for (unsigned n = 0; n < REGISTERS; ++n)
        if ((bits >> n & 1) != 0)
            names.push_back("x" + std::to_string(n));
    constexpr std::size_t MOST = 8;
    if (names.size() <= MOST)
        return faultline::join(names);
    const std::size_t more = names.size() - MOST;
    names.resize(MOST);
    return faultline::join(names) + " and " + std::to_string(more) + " more";
}

template <std::size_t N>
std::string one_of(const std::array<const char*, N>& names, std::uint64_t word) {
    return word < N ? names.at(word) : "something else (" + hex(word) + ")";
}

std::string access_words(std::uint64_t word) {
    return word == 1   ? "load"
           : word == 2 ? "store"
           : word == 4 ? "fetch"
                       : "none (" + hex(word) + ")";
}

std::string word_words(const Word& meant, std::uint64_t word) {
    static constexpr std::array REPLIES = {"done",    "bad_address",  "not_permitted", "no_memory",
                                           "invalid", "input_output", "another error"};
    static constexpr std::array SUPPLIES = {"zero",    "copy",  "file",  "swap",
                                            "present", "reuse", "shared"};
    static constexpr std::array NO_YES = {"no", "yes"};
    switch (meant.kind) {
    case Kind::number:
        return word > ~std::uint64_t{0} - 1000 ? "-" + std::to_string(0 - word)
                                               : std::to_string(word);
    case Kind::hex:
        return word == MIXED && meant.name == "word"       ? "not the same word everywhere"
               : word == NOT_THERE && meant.name == "word" ? "no translation"
                                                           : hex(word);
    case Kind::registers:
        return register_words(word);
    case Kind::yes:
        return one_of(NO_YES, word);
    case Kind::reply:
        return one_of(REPLIES, word);
    case Kind::access:
        return access_words(word);
    case Kind::rights:
        return letters("RWX", word);
    case Kind::supply:
        return one_of(SUPPLIES, word);
    case Kind::flags:
        return word == 0 ? "not valid" : letters("VRWXUGAD", word);
    case Kind::page:
        return hex(word) + " (" + hex(word << PAGE_SHIFT) + ")";
    case Kind::cause:
        return std::to_string(word);
    }
    return "";
}

std::string said_word(const Word& meant, std::uint64_t word) {
    const bool is_part = meant.name.ends_with(" in x"); // "address in x5"
    return std::string(meant.name) +
           (is_part                     ? ""
            : meant.kind == Kind::reply ? " "
                                        : ": ") +
           word_words(meant, word);
}

std::string step_words(Step step, Words arguments) {
    const Shape& shape = shape_of(step);
    std::string text(shape.name);
    for (std::size_t i = 0; i < shape.arguments.count() && i < arguments.size(); ++i) {
        const Word& meant = shape.arguments[i];
        text += (i == 0 ? " (" : ", ") + said_word(meant, arguments[i]);
    }
    return text + (shape.arguments.count() != 0 ? ")" : "");
}

// Calls visit(step, its arguments, its first answer's index) for each, until it returns false.
void for_each_step(Words query,
                   const std::function<bool(Step, Words arguments, std::size_t first)>& visit) {
    std::size_t first = 0;
    for (std::size_t at = 0; at < query.size() && is_step(query[at]);) {
        const auto step = static_cast<Step>(query[at]);
        const std::size_t arguments = shape_of(step).arguments.count();
        if (at + 1 + arguments > query.size() ||
            !visit(step, query.subspan(at + 1, arguments), first))
            return;
        at += 1 + arguments;
        first += shape_of(step).answers.count();
    }
}

} // namespace

Said said(Words query, Words answers, std::size_t index) {
    Said result;
    for_each_step(query, [&](Step step, Words arguments, std::size_t first) {
        const Row& row = shape_of(step).answers;
        if (index < first || index >= first + row.count())
            return true;
        result = {step_words(step, arguments), said_word(row[index - first], answers[index])};
        return false;
    });
    return result;
}

std::string step_under_way(Words query, std::size_t answers) {
    std::string words = "the rig's own steps";
    for_each_step(query, [&](Step step, Words arguments, std::size_t first) {
        const std::size_t count = shape_of(step).answers.count();
        if (count == 0 || first + count <= answers)
            return true;
        words = step_words(step, arguments);
        return false;
    });
    return words;
}

std::string watched_step(Words query, std::size_t number) {
    std::string words;
    for_each_step(query, [&](Step step, Words arguments, std::size_t) {
        if (!is_watched(step) || number-- != 0)
            return true;
        words = step_words(step, arguments);
        return false;
    });
    return words;
}

std::size_t watched_steps(Words query, std::size_t answers) {
    std::size_t count = 0;
    for_each_step(query, [&](Step step, Words, std::size_t first) {
        count += is_watched(step) && first < answers ? 1 : 0;
        return first < answers;
    });
    return count;
}

} // namespace lab::fault
