// A lab's questions, and the marking of answers against a measurement.
// SPDX-License-Identifier: MIT
//
// Before: answers.hpp and measurement.hpp. A lab lists its questions (watch_the_fault.hpp); next:
// report.hpp.
#pragma once

#include "answers.hpp"
#include "measurement.hpp"

#include <functional>
#include <string>
#include <vector>

namespace lab {

struct Judgement {
    unsigned points;
    std::string why; // when points are missing: what the machine says, and where to look
};

struct Question {
    std::string name;
    unsigned task; // from 1
    unsigned points;
    std::string asks; // for one who has not answered it
    std::function<Judgement(const Measurement&, const std::string& value)> judge;
};

struct Lab {
    std::string name;
    std::string scenario;
    std::string handout;
    std::vector<std::string> tasks;
    std::vector<Question> questions;

    std::vector<std::string> question_names() const;
};

enum class Verdict { pass, fail, not_measured };

struct Mark {
    const Question* question; // lives in the lab
    std::size_t line;         // 0: the file has no such line
    Verdict verdict;
    unsigned points;
    std::string why;
};

std::vector<Mark> mark(const Lab& lab, const Answers& answers, const Measurement& measurement);

} // namespace lab
