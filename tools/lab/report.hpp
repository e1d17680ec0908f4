// The marks for people, for parsers of Unity's lines, and as JSON.
// SPDX-License-Identifier: MIT
//
// Before: marking.hpp.
#pragma once

#include "marking.hpp"

#include <string>

namespace lab {

struct Score {
    unsigned points = 0;
    unsigned of = 0;
    unsigned not_measured = 0; // questions

    bool full() const { return points == of; }
};

Score score_of(const std::vector<Mark>& marks);

// file:line:name:PASS, FAIL: why, or IGNORE: why; points by task; `points N of M` last.
std::string report_text(const Lab& lab, const Answers& answers, const std::vector<Mark>& marks);
// The same without a word on single questions: how many are unanswered, points by task, the sum.
std::string points_text(const Lab& lab, const Answers& answers, const std::vector<Mark>& marks);
// {version, lab, points, of, tasks: [...], questions: [...], notes: [...]}
std::string report_json(const Lab& lab, const Answers& answers, const std::vector<Mark>& marks);

} // namespace lab
