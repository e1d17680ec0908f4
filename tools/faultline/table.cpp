// Text in columns.
// SPDX-License-Identifier: MIT
//
// Widths follow the content; a heading that is wider than its columns widens the last of them.
#include "table.hpp"

#include <algorithm>

namespace faultline {

std::string padded(const std::string& text, std::size_t width, Align align) {
    const std::string blanks(width > text.size() ? width - text.size() : 0, ' ');
    return align == Align::left ? text + blanks : blanks + text;
}

static std::string without_trailing_blanks(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

void Table::row(std::vector<std::string> cells) {
    cells.resize(columns_.size());
    rows_.push_back(std::move(cells));
}

std::vector<std::size_t> Table::widths() const {
    std::vector<std::size_t> width(columns_.size());
    for (const auto& row : rows_)
        for (std::size_t i = 0; i < row.size(); ++i)
            width[i] = std::max(width[i], row[i].size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (columns_[i].span == 0)
            continue;
        std::size_t covered = width[i];
        for (std::size_t j = i + 1; j < i + columns_[i].span; ++j)
            covered += static_cast<std::size_t>(columns_[j].gap) + width[j];
        if (covered < columns_[i].heading.size())
            width[i + columns_[i].span - 1] += columns_[i].heading.size() - covered;
    }
    return width;
}

std::string Table::text() const {
    const auto width = widths();
    std::string heading, body;
    std::size_t position = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        position += i == 0 ? 0 : static_cast<std::size_t>(columns_[i].gap);
        if (columns_[i].span != 0)
            heading = padded(heading, position, Align::left) + columns_[i].heading;
        position += width[i];
    }
    if (!heading.empty())
        body = without_trailing_blanks(heading);
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto gap = i == 0 ? 0 : static_cast<std::size_t>(columns_[i].gap);
            line += std::string(gap, ' ') + padded(row[i], width[i], columns_[i].align);
        }
        body += without_trailing_blanks(line);
    }
    return body;
}

} // namespace faultline
