// Finds marked figures and outputs in Markdown, line by line.
// SPDX-License-Identifier: MIT
//
// unmarked.cpp looks for those that should have a mark.
#include "documents.hpp"

#include "unmarked.hpp"

#include "text.hpp"

#include <algorithm>
#include <regex>

namespace fs = std::filesystem;

namespace figures {

namespace {

const std::regex NUMBER("([0-9][0-9,]*)?<!-- =([a-z][^ ]*) -->");
const std::regex OUTPUT("<!-- =output (\\./faultline [^>]*[^ >]) -->");

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    return digits;
}

std::string updated_line(const std::string& line, const Figures& figures) {
    std::string result;
    auto rest = line.cbegin();
    for (std::sregex_iterator at(line.begin(), line.end(), NUMBER), end; at != end; ++at) {
        const std::smatch& match = *at;
        result.append(rest, match[0].first);
        const auto found = figures.numbers.find(match[2]);
        result += found == figures.numbers.end() ? match[1].str() : grouped(found->second);
        result += "<!-- =" + match[2].str() + " -->";
        rest = match[0].second;
    }
    return result.append(rest, line.cend());
}

// The line behind the fenced block that begins at LINES[START]; START, if none begins there.
std::size_t end_of_block(const std::vector<std::string>& lines, std::size_t start) {
    if (start >= lines.size() || !lines[start].starts_with("```"))
        return start;
    for (std::size_t i = start + 1; i < lines.size(); ++i)
        if (lines[i] == "```")
            return i + 1;
    return start;
}

void append_block(std::string& result, const std::vector<std::string>& lines, std::size_t start,
                  std::size_t end, const std::string* output) {
    if (output == nullptr || end == start) {
        for (std::size_t i = start; i < end; ++i)
            result += lines[i] + "\n";
        return;
    }
    result += lines[start] + "\n" + *output + "```\n";
}

} // namespace

std::vector<fs::path> documents(const fs::path& top) {
    std::vector<fs::path> all{"README.md"};
    for (const char* folder : {"docs", "kernels", "labs"})
        for (const auto& entry : fs::recursive_directory_iterator(top / folder))
            if (entry.path().extension() == ".md")
                all.push_back(fs::relative(entry.path(), top));
    std::ranges::sort(all);
    return all;
}

Quotes quotes_in(const std::string& text) {
    Quotes quotes;
    for (const std::string& line : faultline::lines_of(text)) {
        if (std::smatch match; std::regex_match(line, match, OUTPUT))
            quotes.commands.insert(match[1]);
        for (std::sregex_iterator at(line.begin(), line.end(), NUMBER), end; at != end; ++at)
            quotes.keys.insert((*at)[2]);
    }
    return quotes;
}

std::string updated(const std::string& text, const Figures& figures) {
    const auto lines = faultline::lines_of(text);
    std::string result;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        result += updated_line(lines[i], figures) + "\n";
        std::smatch match;
        if (!std::regex_match(lines[i], match, OUTPUT))
            continue;
        const auto found = figures.outputs.find(match[1]);
        const std::size_t end = end_of_block(lines, i + 1);
        append_block(result, lines, i + 1, end,
                     found == figures.outputs.end() ? nullptr : &found->second);
        i = end - 1;
    }
    return result;
}

// Keys and commands that FIGURES do not have.
static std::vector<std::string> not_kept(const Quotes& quotes, const Figures& figures) {
    std::vector<std::string> all;
    for (const std::string& key : quotes.keys)
        if (!figures.numbers.contains(key))
            all.push_back(key);
    for (const std::string& command : quotes.commands)
        if (!figures.outputs.contains(command))
            all.push_back("the output of `" + command + "`");
    return all;
}

static std::string line_or_nothing(const std::vector<std::string>& lines, std::size_t index) {
    return index < lines.size() ? lines[index] : "";
}

std::vector<std::string> complaints(const std::string& name, const std::string& text,
                                    const Figures& figures) {
    std::vector<std::string> all;
    const auto say = [&](const std::string& words) { all.push_back(name + words); };
    for (const std::string& what : not_kept(quotes_in(text), figures))
        say(" quotes " + what + ", which is not in docs/figures.json");
    const auto is = faultline::lines_of(text);
    const auto should_be = faultline::lines_of(updated(text, figures));
    for (std::size_t i = 0; i < std::max(is.size(), should_be.size()); ++i) {
        if (i < is.size() && i < should_be.size() && is[i] == should_be[i])
            continue;
        say(":" + std::to_string(i + 1) + ": is '" + line_or_nothing(is, i) +
            "', docs/figures.json has '" + line_or_nothing(should_be, i) + "'");
        break; // behind an output of another length every line differs
    }
    for (const std::string& words : unmarked(text))
        say(":" + words);
    return all;
}

} // namespace figures
