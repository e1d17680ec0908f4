// A letter for each domain in which a stage ran, in a mode.
// SPDX-License-Identifier: MIT
//
// Mostly the domain's first letter; where that is taken, the next that is free.
#include "domain_marks.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace faultline {

static std::string words_of(const Stage& stage) {
    return stage.domain + " (" + stage.mode + "-mode)";
}

DomainMarks::DomainMarks(const Comparison& comparison) {
    for (const auto& kernel : comparison.kernels)
        if (kernel.fault)
            for (const auto& stage : kernel.fault->stages)
                add(stage);
}

void DomainMarks::add(const Stage& stage) {
    const std::string words = words_of(stage);
    if (std::ranges::find(entries_, words, &Entry::words) != entries_.end())
        return;
    for (const char letter : stage.domain + "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
        const auto upper = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
        const bool is_free = std::ranges::find(entries_, upper, &Entry::letter) == entries_.end();
        if (upper < 'A' || upper > 'Z' || !is_free)
            continue;
        entries_.push_back({upper, words});
        return;
    }
    entries_.push_back({'?', words});
}

std::string DomainMarks::of(const Stage& stage) const {
    const auto found = std::ranges::find(entries_, words_of(stage), &Entry::words);
    return std::string(1, found->letter);
}

std::string DomainMarks::legend(std::size_t width) const {
    std::string text, line;
    for (const auto& entry : entries_) {
        const bool is_last = &entry == &entries_.back();
        const auto item = std::string(1, entry.letter) + " " + entry.words + (is_last ? "" : ",");
        if (!line.empty() && line.size() + 1 + item.size() > width)
            text += std::exchange(line, "") + "\n";
        line += (line.empty() ? "" : " ") + item;
    }
    return text + line + "\n";
}

} // namespace faultline
