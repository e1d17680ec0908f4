// What a student of lab 3 says in answers.txt, held against what the machine and a judge count.
// SPDX-License-Identifier: MIT
//
// Before: judge_replacement.cpp.
#pragma once

#include "answers.hpp"
#include "judge.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lab {

// A case that is lost, with what was seen; and one that is not.
CaseResult complaint(const Case& made, const std::string& observed);
inline CaseResult fine(const Case& made) { return {.of = &made}; }

// The student's answers, by name.
class Given {
public:
    explicit Given(const std::string& text);

    std::string text(const std::string& name) const;
    // That NAME has no answer, and why, if the file is the reason.
    std::string missing(const std::string& name) const;
    std::optional<std::uint64_t> number(const std::string& name) const;
    // What is wrong with the answer NAME, which should be RIGHT; empty: nothing.
    std::string problem(const std::string& name, std::uint64_t right, const char* of) const;

private:
    Answers answers_{};
    std::string unreadable_{};
};

// RIG has the answers to the traces that one's own policy played.
CaseResult judge_claim(const Case& made, const std::vector<CaseResult>& rig, const Given& given);
CaseResult judge_anomaly(const Case& made, const Given& given);

} // namespace lab
