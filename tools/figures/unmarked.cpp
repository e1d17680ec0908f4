// Looks for numbers of instructions and faults without a mark, in sentences and in tables.
// SPDX-License-Identifier: MIT
#include "unmarked.hpp"

#include "text.hpp"

#include <regex>

namespace figures {

namespace {

// "612 guest instructions"; a marked number is followed by its mark instead of a blank.
const std::regex IN_WORDS("(^|[^A-Za-z0-9.])([0-9][0-9,.]*)( [A-Za-z*`]+){0,2} "
                          "(instructions|faults)\\b");
const std::regex MEASURES("\\b(instructions|faults|zero-fill|cow|now)\\b");
const std::regex BOUNDS("\\b(bound|held to|points|most)\\b");
const std::regex BARE("[0-9][0-9,]*");

std::vector<std::string> cells(const std::string& row) {
    std::vector<std::string> all;
    for (const std::string& cell : faultline::split(row, '|')) {
        const auto first = cell.find_first_not_of(' ');
        all.push_back(
            first == cell.npos ? "" : cell.substr(first, cell.find_last_not_of(' ') - first + 1));
    }
    return all;
}

class Reader {
public:
    explicit Reader(std::vector<std::string>& found) : found_(found) {}

    void take(std::size_t number, const std::string& line) {
        if (line.starts_with("```"))
            fenced_ = !fenced_;
        else if (fenced_ || line.starts_with("    "))
            return;
        else if (line.starts_with("|"))
            take_row(number, line);
        else
            header_.clear();
        if (!fenced_)
            take_words(number, line);
    }

private:
    void take_row(std::size_t number, const std::string& line) {
        const auto row = cells(line);
        if (header_.empty()) {
            header_ = row;
            return;
        }
        for (std::size_t i = 0; i < std::min(row.size(), header_.size()); ++i)
            if (std::regex_match(row[i], BARE) && std::regex_search(header_[i], MEASURES) &&
                !std::regex_search(header_[i], BOUNDS))
                found_.push_back(std::to_string(number) + ": " + row[i] + " in the column '" +
                                 header_[i] + "' has no mark");
    }

    void take_words(std::size_t number, const std::string& line) {
        const std::string text = last_ + (last_.empty() ? "" : " ") + line; // a wrapped sentence
        for (std::sregex_iterator at(text.begin(), text.end(), IN_WORDS), end; at != end; ++at)
            if (at->position(0) + at->length(0) > static_cast<std::ptrdiff_t>(last_.size()))
                found_.push_back(std::to_string(number) + ": '" + (*at)[0].str() + "' has no mark");
        last_ = line;
    }

    std::vector<std::string>& found_;
    std::vector<std::string> header_;
    std::string last_;
    bool fenced_ = false;
};

} // namespace

std::vector<std::string> unmarked(const std::string& text) {
    std::vector<std::string> found;
    Reader reader(found);
    std::size_t number = 0;
    for (const std::string& line : faultline::lines_of(text))
        reader.take(++number, line);
    return found;
}

} // namespace figures
