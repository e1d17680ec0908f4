// What lab 1's rig is asked and answers, in words.
// SPDX-License-Identifier: MIT
#include "sv39_words.hpp"

#include "abi/lab_sv39.hpp"
#include "text.hpp"

#include <functional>

namespace lab::sv39 {

using namespace sv39_lab;
using faultline::hex;
using Words = std::span<const std::uint64_t>;

namespace {

std::string flag_letters(std::uint64_t flags) {
    constexpr std::string_view LETTERS = "VRWXUGAD";
    std::string text;
    for (unsigned bit = 0; bit < LETTERS.size(); ++bit)
        if ((flags >> bit & 1) != 0)
            text += (text.empty() ? "" : " ") + std::string(1, LETTERS[bit]);
    return text.empty() ? "no flag" : text;
}

std::string flag_words(std::uint64_t flags) {
    return flag_letters(flags) + " (" + hex(flags) + ")";
}

std::string right_words(std::uint64_t rights) {
    const std::string letters = flag_letters(rights << 1 & 0xe);
    return rights == 0 ? "no rights" : "rights " + letters;
}

std::string page_words(std::uint64_t page) {
    // As an address: the upper bits repeat bit 38.
    const std::uint64_t upper = (page >> 26 & 1) != 0 ? ~std::uint64_t{0} << 39 : 0;
    return "page " + hex(page) + " (" + hex(upper | page << 12) + ")";
}

std::string frame_words(std::uint64_t frame) { return "frame " + hex(frame); }

std::string place_words(std::uint64_t where) {
    if (where == NOWHERE)
        return "nullptr";
    if (where == OUTSIDE)
        return "a place in none of the tables";
    const std::uint64_t table = where / ENTRIES_A_TABLE;
    return "entry " + std::to_string(where % ENTRIES_A_TABLE) + " of " +
           (table == 0 ? "the root table" : "the table in frame " + hex(FIRST_FRAME + table));
}

std::string reply_words(std::uint64_t reply) {
    switch (static_cast<Reply>(reply)) {
    case Reply::done:
        return "done";
    case Reply::no_memory:
        return "no_memory";
    case Reply::already_mapped:
        return "already_mapped";
    case Reply::not_mapped:
        return "not_mapped";
    case Reply::invalid:
        return "invalid";
    case Reply::other:
        break;
    }
    return "another error";
}

std::string access_words(std::uint64_t use, std::uint64_t cause, std::uint64_t value) {
    if (cause != 0)
        return cause_words(cause) + " at " + hex(value);
    if (static_cast<Use>(use) != Use::load)
        return "it goes well";
    for (std::uint64_t i = 0; i < DATA; ++i)
        if (value == mark_of(FIRST_DATA + i))
            return "it loads the mark of frame " + hex(FIRST_DATA + i);
    return value == STORED ? "it loads what was stored" : "it loads " + hex(value);
}

std::string use_words(std::uint64_t use) {
    switch (static_cast<Use>(use)) {
    case Use::load:
        return "a load";
    case Use::store:
        return "a store";
    case Use::fetch:
        return "a fetch";
    }
    return "an access";
}

std::string flags_of_words(std::uint64_t maker) {
    switch (static_cast<Maker>(maker)) {
    case Maker::user:
        return "PteFlags::user";
    case Maker::unwritten:
        return "PteFlags::unwritten";
    case Maker::kernel:
        return "PteFlags::kernel";
    }
    return "";
}

std::string step_words(Step step, Words a) {
    std::string name(shape_of(step).name);
    const std::string space = is_watched(step) ? "AddressSpace::" : "";
    switch (step) {
    case Step::write:
        return place_words(a[0]) + " is " + entry_words(a[1]);
    case Step::snapshot:
    case Step::changed:
        return "words of tables that are no more what they were";
    case Step::read:
        return "afterwards " + place_words(a[0]);
    case Step::flags:
        return flags_of_words(a[0]) + " of " + right_words(a[1]);
    case Step::leaf:
        return "Pte::leaf of " + frame_words(a[0]) + " and " + flag_words(a[1]);
    case Step::table:
        return "Pte::table of " + frame_words(a[0]);
    case Step::decode:
        return "the entry " + hex(a[0]);
    case Step::index:
        return "index_at of " + page_words(a[0]) + " at level " + std::to_string(a[1]);
    case Step::stock:
        return std::to_string(a[1]) + " frames for new tables";
    case Step::taken:
        return "frames that were taken for tables";
    case Step::with:
        return "with: the flags " + flag_words(a[0]) + " with " + right_words(a[1]);
    case Step::has_encoding:
        return "has_encoding of " + right_words(a[0]);
    case Step::access:
        return use_words(a[0]) + " of a program at " + hex(a[1]);
    case Step::walk:
    case Step::unmap:
    case Step::space_unmap:
    case Step::space_clear:
        return space + name + " of " + page_words(a[0]);
    case Step::map:
    case Step::space_put:
    case Step::space_replace:
        return space + name + " of " + page_words(a[0]) + " to " + frame_words(a[1]) + " with " +
               flag_letters(a[2]);
    case Step::space_map:
        return space + name + " of " + page_words(a[0]) + " to " + frame_words(a[1]) + " with " +
               right_words(a[2]);
    case Step::protect:
        return name + " of " + page_words(a[0]) + " with " + flag_letters(a[1]);
    case Step::space_protect:
        return space + name + " of " + page_words(a[0]) + " with " + right_words(a[1]);
    }
    return name;
}

std::string answer_words(Step step, Words a, Words given, std::size_t which) {
    const std::uint64_t word = given[which];
    switch (step) {
    case Step::read:
    case Step::leaf:
    case Step::table:
        return entry_words(word);
    case Step::flags:
    case Step::with:
        return flag_words(word);
    case Step::decode: {
        constexpr std::array NAMES = {"is_valid", "is_leaf", "is_table", "frame", "flags"};
        const std::string name = NAMES.at(which);
        return name + "() is " +
               (which < 3    ? (word != 0 ? "true" : "false")
                : which == 3 ? hex(word)
                             : flag_words(word));
    }
    case Step::walk:
        return place_words(word);
    case Step::has_encoding:
        return word != 0 ? "true" : "false";
    case Step::access:
        return given.size() < 2 ? cause_words(word) : access_words(a[0], given[0], given[1]);
    case Step::unmap:
        return which == 0 ? reply_words(word) : "it returns " + frame_words(word);
    case Step::space_unmap:
        return which == 0 ? reply_words(word) : "it returns the entry " + entry_words(word);
    case Step::map:
    case Step::protect:
    case Step::space_map:
    case Step::space_put:
    case Step::space_replace:
    case Step::space_protect:
    case Step::space_clear:
        return reply_words(word);
    default:
        return std::to_string(word);
    }
}

// Calls visit(step, its arguments, its first answer's index) for each, until it returns false.
void for_each_step(Words query,
                   const std::function<bool(Step, Words arguments, std::size_t first)>& visit) {
    std::size_t first = 0;
    for (std::size_t at = 0; at < query.size() && is_step(query[at]);) {
        const auto step = static_cast<Step>(query[at]);
        const Shape& shape = shape_of(step);
        if (at + 1 + shape.arguments > query.size() ||
            !visit(step, query.subspan(at + 1, shape.arguments), first))
            return;
        at += 1 + shape.arguments;
        first += shape.answers;
    }
}

} // namespace

std::string entry_words(std::uint64_t word) {
    if (word == 0)
        return "0 (not valid)";
    const std::uint64_t flags = word & 0xff;
    std::string text = flag_letters(flags) + ", frame " + hex(word << 10 >> 20);
    if ((flags & 1) == 0)
        text += ", not valid";
    else if ((flags & 0xe) == 0)
        text += ", so a table";
    else if ((flags & 0x6) == 0x4)
        text += ", reserved: W without R";
    if ((word >> 54) != 0)
        text += ", bits 63..54 not 0";
    return text + " (" + hex(word) + ")";
}

Said said(Words query, Words answers, std::size_t index) {
    Said result;
    for_each_step(query, [&](Step step, Words arguments, std::size_t first) {
        const std::size_t count = shape_of(step).answers;
        if (index < first || index >= first + count)
            return true;
        const std::size_t there = std::min(count, answers.size() - first);
        result = {step_words(step, arguments),
                  answer_words(step, arguments, answers.subspan(first, there), index - first)};
        return false;
    });
    return result;
}

std::string step_under_way(Words query, std::size_t answers) {
    std::string words = "the rig's own steps";
    for_each_step(query, [&](Step step, Words arguments, std::size_t first) {
        if (shape_of(step).answers == 0 || first + shape_of(step).answers <= answers)
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

} // namespace lab::sv39
