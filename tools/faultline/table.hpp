// Text in columns.
// SPDX-License-Identifier: MIT
//
// A table knows no page faults: compare_table.cpp fills it, bench_text.cpp and doctor.cpp too.
#pragma once

#include <string>
#include <vector>

namespace faultline {

enum class Align { left, right };

struct Column {
    Align align = Align::left;
    std::size_t gap = 1; // blanks before it
};

class Table {
public:
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

    void row(std::vector<std::string> cells);
    void blank() { rows_.emplace_back(); }
    std::string text() const; // no blanks at line ends

private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

std::string padded(const std::string& text, std::size_t width, Align align);

} // namespace faultline
