// Lab 3's cases: queues that are drawn, traces that are played, programs that run.
// SPDX-License-Identifier: MIT
//
// Before: replacement_traces.hpp. What is expected is simulated (replacement.hpp).
#pragma once

#include "built_tree.hpp"
#include "case.hpp"
#include "cases.hpp"
#include "runner.hpp"

#include "replacement_traces.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lab {

std::vector<Case> replacement_cases(std::uint64_t seed, Shown shown);
// The answers.txt of somebody whose code is the reference's, with what is measured in TREE.
std::string replacement_answers(std::uint64_t seed, const BuiltTree& tree, Runner& runner);

} // namespace lab
