// Reads markers, and cuts by them.
// SPDX-License-Identifier: MIT
#include "marker.hpp"

#include "failure.hpp"
#include "text.hpp"

#include <algorithm>
#include <regex>

namespace lab {

using faultline::Exit;
using faultline::Failure;

bool may_have_markers(const std::filesystem::path& file) {
    static const std::vector<std::string> ENDINGS{".cpp", ".hpp", ".h",     ".S",
                                                  ".inc", ".txt", ".cmake", ".py"};
    return std::ranges::count(ENDINGS, file.extension().string()) != 0;
}

// Whoever writes `lab 1 ends` or forgets the colon is told so, instead of handing out the solution.
std::optional<Marker> parse_marker(std::string_view line) {
    static const std::regex MEANT(R"(\s*(//|#)\s*lab\s*\d.*\b(hole|end)\b.*|)"
                                  R"(\s*(//|#)\s*lab\s*\d+\s+(task|hole|end).*)",
                                  std::regex::icase);
    static const std::regex BEGIN(R"((\s*)(?://|#) lab (\d{1,2}) task ([0-9a-z]+): hole )"
                                  R"(([a-z0-9]+(?:-[a-z0-9]+)*))");
    static const std::regex END(R"((\s*)(?://|#) lab (\d{1,2}) end)");
    if (line.find("lab") == line.npos && line.find("Lab") == line.npos &&
        line.find("LAB") == line.npos)
        return std::nullopt; // nearly all lines, and expressions are slow
    while (line.ends_with('\n') || line.ends_with('\r'))
        line.remove_suffix(1);
    const std::string text(line);
    std::smatch match;
    if (std::regex_match(text, match, BEGIN))
        return Marker{.lab = std::stoi(match[2]),
                      .begins = true,
                      .task = match[3],
                      .hole = match[4],
                      .indent = match[1]};
    if (std::regex_match(text, match, END))
        return Marker{.lab = std::stoi(match[2]), .indent = match[1]};
    if (std::regex_match(text, MEANT))
        throw std::runtime_error("this is neither `lab N task T: hole NAME` nor `lab N end`: " +
                                 text);
    return std::nullopt;
}

std::vector<std::string> whole_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const std::size_t size = end == text.npos ? text.size() : end + 1;
        lines.emplace_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return lines;
}

static void complain(const std::string& file, std::size_t line, const std::string& what) {
    throw Failure(Exit::failed, file + ":" + std::to_string(line + 1) + ": " + what,
                  "docs/teaching.md shows how holes are marked.");
}

static std::optional<Marker> marker_at(const std::vector<std::string>& lines, std::size_t line,
                                       const std::string& file) {
    try {
        return parse_marker(lines[line]);
    } catch (const std::runtime_error& error) {
        complain(file, line, error.what());
    }
    return std::nullopt;
}

std::vector<Hole> holes_of(const std::vector<std::string>& lines, int lab,
                           const std::string& file) {
    std::vector<Hole> holes;
    bool is_open = false;
    for (std::size_t line = 0; line < lines.size(); ++line) {
        const auto marker = marker_at(lines, line, file);
        if (!marker || marker->lab != lab)
            continue;
        if (marker->begins == is_open)
            complain(file, line,
                     is_open ? "hole " + holes.back().name + " has not ended before"
                             : "no hole of lab " + std::to_string(lab) + " ends here");
        if (marker->begins)
            holes.push_back({.name = marker->hole,
                             .task = marker->task,
                             .indent = marker->indent,
                             .first = line,
                             .last = line});
        else
            holes.back().last = line;
        is_open = marker->begins;
    }
    if (is_open)
        complain(file, holes.back().first, "hole " + holes.back().name + " never ends");
    return holes;
}

static std::string indented(const std::string& text, const std::string& indent) {
    std::string result;
    for (const std::string& line : whole_lines(text))
        result += (line == "\n" ? "" : indent) + line;
    if (!result.empty() && !result.ends_with('\n'))
        result += '\n';
    return result;
}

std::string cut_text(std::string_view text, int lab, const std::string& file,
                     const Starter& starter) {
    const auto lines = whole_lines(text);
    const auto holes = holes_of(lines, lab, file);
    auto hole = holes.begin();
    std::string result;
    for (std::size_t line = 0; line < lines.size(); ++line) {
        if (starter && hole != holes.end() && line == hole->first) {
            result += indented(starter(hole->name), hole->indent);
            line = hole->last;
            ++hole;
        } else if (!marker_at(lines, line, file)) {
            result += lines[line];
        }
    }
    return result;
}

} // namespace lab
