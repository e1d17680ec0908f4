// What a guest, a compiler or QEMU wrote, made fit to be shown.
// SPDX-License-Identifier: MIT
//
// Works on a piece at a time from the end or the start, so that a text of any size costs no more
// than what is shown of it.
#include "visible.hpp"

#include "text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>
#include <vector>

namespace faultline {

namespace {

constexpr std::size_t MOST_MESSAGE_LINES = 60;
constexpr std::size_t MOST_MESSAGE_BYTES = 8192;

// How GCC begins a line that names who included the file of the line above.
constexpr std::string_view INCLUDER = "                 from ";
constexpr std::size_t MOST_INCLUDERS = 3;

struct Character {
    std::uint32_t code;
    std::size_t bytes; // 0: this is no UTF-8
};

// RFC 3629: the shortest form only, no surrogates, nothing above U+10FFFF.
Character first_character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80)
        return {lead, 1};
    const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < bytes)
        return {lead, 0};
    std::uint32_t code = lead & (0xffU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xc0U) != 0x80)
            return {lead, 0};
        code = code << 6U | (byte(i) & 0x3fU);
    }
    constexpr std::array<std::uint32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
    if (code < least.at(bytes) || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff)
        return {lead, 0};
    return {code, bytes};
}

// Unicode's C0 and C1 controls, separators of lines and paragraphs, marks of direction.
bool is_harmless(std::uint32_t code) {
    const bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
    const bool direction = code == 0x061c || code == 0x200e || code == 0x200f ||
                           (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    return !control && !direction && code != 0x2028 && code != 0x2029 && code != 0xfeff;
}

std::string escaped(const Character& character) {
    switch (character.code) {
    case '\t':
        return "\\t";
    case '\r':
        return "\\r";
    default:
        break;
    }
    std::array<char, 16> text{};
    const bool wide = character.bytes > 1;
    std::snprintf(text.data(), text.size(), wide ? "\\u%04x" : "\\x%02x", character.code);
    return text.data();
}

// Where a piece of TEXT that is about `at` bytes long may end without parting a character.
std::size_t boundary(std::string_view text, std::size_t at) {
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80)
        --at;
    return at;
}

// One line, its end taken off, without its middle where it is long.
std::string shown_line(std::string_view line) {
    while (line.ends_with('\r'))
        line.remove_suffix(1);
    if (line.size() <= LONGEST_LINE)
        return visible(line);
    const std::size_t front = boundary(line, LONGEST_LINE / 2);
    const std::size_t back = boundary(line, line.size() - LONGEST_LINE / 2);
    return visible(line.substr(0, front)) + " [... " + grouped(back - front) + " bytes ...] " +
           visible(line.substr(back));
}

std::string folded(std::string_view line, std::size_t width) {
    std::string result;
    std::size_t column = 0;
    for (const char c : line) {
        const bool begins = (static_cast<unsigned char>(c) & 0xc0U) != 0x80;
        if (begins && column++ == width) {
            result += "\n    ";
            column = 1;
        }
        result += c;
    }
    return result;
}

} // namespace

std::string visible(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const auto character = first_character(text);
        const std::size_t bytes = std::max<std::size_t>(character.bytes, 1);
        if (character.bytes != 0 && (is_harmless(character.code) || character.code == '\n'))
            result += text.substr(0, bytes);
        else
            result += escaped(character);
        text.remove_prefix(bytes);
    }
    return result;
}

std::string last_lines(std::string_view text, std::size_t count, std::size_t width) {
    constexpr std::string_view indent = "    ";
    std::vector<std::string> lines;
    while (!text.empty() && lines.size() < count) {
        const auto feed = text.rfind('\n');
        const auto start = feed == std::string_view::npos ? 0 : feed + 1;
        auto line = shown_line(text.substr(start));
        if (!line.empty())
            lines.push_back(std::move(line));
        text = text.substr(0, start == 0 ? 0 : start - 1);
    }
    std::string result;
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        result += indent;
        result += folded(*line, width - indent.size()) + "\n";
    }
    return result;
}

std::string first_messages(std::string_view text) {
    std::string result;
    std::size_t includers = 0; // in a row; a file that includes itself has two hundred
    const auto end_row = [&] {
        const auto left_out = std::exchange(includers, 0);
        if (left_out > MOST_INCLUDERS)
            result += std::string(INCLUDER) + grouped(left_out - MOST_INCLUDERS) + " more\n";
    };
    for (std::size_t lines = 0; !text.empty();) {
        if (lines == MOST_MESSAGE_LINES || result.size() > MOST_MESSAGE_BYTES) {
            end_row();
            return result + "[" + grouped(text.size()) + " bytes more are not shown]\n";
        }
        const auto feed = text.find('\n');
        const auto line = text.substr(0, feed);
        if (line.starts_with(INCLUDER))
            ++includers;
        else
            end_row();
        if (includers <= MOST_INCLUDERS) {
            result += shown_line(line) + "\n";
            ++lines;
        }
        text.remove_prefix(feed == std::string_view::npos ? text.size() : feed + 1);
    }
    end_row();
    return result;
}

} // namespace faultline
