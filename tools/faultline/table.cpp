// Text in columns.
// SPDX-License-Identifier: MIT
//
// Columns are as narrow as their rows permit. A cell may run on over empty cells, to the right or,
// aligned right, to the left; so a heading is just a row, and a total may be wider than the parts
// that stand above it.
#include "table.hpp"

#include <algorithm>

namespace faultline {

std::string padded(const std::string& text, std::size_t width, Align align) {
    const std::string blanks(width > text.size() ? width - text.size() : 0, ' ');
    return align == Align::left ? text + blanks : blanks + text;
}

void Table::row(std::vector<std::string> cells) {
    cells.resize(columns_.size());
    rows_.push_back(std::move(cells));
}

std::string Table::text() const {
    std::vector<std::string> lines(rows_.size()); // as far as they are written
    std::size_t end = 0;                          // of the column before
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const auto& [align, gap] = columns_[i];
        const std::size_t before = i == 0 ? 0 : gap;
        // Only what has a neighbour to its right, or comes last, needs the column to be that wide.
        const auto is_followed = [&](const auto& row) {
            return i + 1 == columns_.size() || !row[i + 1].empty();
        };
        std::size_t start = end + before;
        for (std::size_t r = 0; r < rows_.size(); ++r)
            if (align == Align::left && !rows_[r].empty() && !rows_[r][i].empty())
                start = std::max(start, lines[r].empty() ? 0 : lines[r].size() + before);
        std::size_t stop = start;
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            if (rows_[r].empty() || rows_[r][i].empty())
                continue;
            const std::size_t size = rows_[r][i].size();
            if (align == Align::right)
                stop = std::max(stop, (lines[r].empty() ? 0 : lines[r].size() + before) + size);
            else if (is_followed(rows_[r]))
                stop = std::max(stop, start + size);
        }
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            if (rows_[r].empty() || rows_[r][i].empty())
                continue;
            const std::size_t from = align == Align::left ? start : stop - rows_[r][i].size();
            lines[r] = padded(lines[r], from, Align::left) + rows_[r][i];
        }
        end = stop;
    }
    std::string text;
    for (const auto& line : lines)
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    return text;
}

} // namespace faultline
