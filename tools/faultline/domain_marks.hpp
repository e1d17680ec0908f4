// A letter for each domain in which a stage ran, in a mode.
// SPDX-License-Identifier: MIT
//
// For a table without room for the names: compare_table.cpp has the letters in its cells and says
// above it what they mean.
#pragma once

#include "observation.hpp"

#include <string>
#include <vector>

namespace faultline {

class DomainMarks {
public:
    explicit DomainMarks(const Comparison& comparison);

    std::string of(const Stage& stage) const;
    // "K kernel (S-mode), P pager (U-mode)", in lines that end between two of them.
    std::string legend(std::size_t width) const;

private:
    struct Entry {
        char letter;
        std::string words;
    };

    void add(const Stage& stage);

    std::vector<Entry> entries_;
};

} // namespace faultline
