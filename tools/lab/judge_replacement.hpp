// Judges what is lab 3's own: a policy without one right answer, a kernel's faults, a claim.
// SPDX-License-Identifier: MIT
//
// Before: judge.hpp has asked the rig. Next: result.hpp.
#pragma once

#include "judge.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lab {

// MADE has `replacement` and is no query. RIG has the answers to the traces that were played;
// ANSWERS is the text of the student's answers.txt.
CaseResult judge_replacement(const BuiltTree& tree, const Case& made,
                             const std::vector<CaseResult>& rig, const std::string& answers,
                             Runner& runner);

// A query that had to be few faults: whether they are. RESULT has the rig's answers.
void judge_played(CaseResult& result);

// What the machine says of a case that asks for a measurement; nothing if there is no such fault.
std::optional<std::uint64_t> measure_cost(const BuiltTree& tree, const Case& made, Runner& runner);

} // namespace lab
