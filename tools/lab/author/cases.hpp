// A lab's cases for one seed: what a student sees, and what only the grader asks.
// SPDX-License-Identifier: MIT
//
// Addresses, sizes and workloads come from the seed by a generator whose numbers are the same
// everywhere, so that a copied constant fails. Each lab has its own file (sv39_cases.cpp).
#pragma once

#include "case.hpp"
#include "description.hpp"

#include <cstdint>
#include <vector>

namespace lab {

enum class Shown { visible, hidden };

// Empty for a lab that has no cases (lab 0 is marked by lab-marker).
std::vector<Case> cases_of(const Description& lab, std::uint64_t seed, Shown shown);
// What the grader asks: the visible ones, then the hidden ones.
std::vector<Case> all_cases(const Description& lab, std::uint64_t seed);

// MADE with a name that none of BEFORE has, and with the commands that show it in the debugger:
// `lab debug` and, as its `debug` says, where to stop there. Of a hidden case it is the first
// visible one that is shown.
Case rig_case(const std::vector<Case>& before, Shown shown, Case made);

std::vector<Case> sv39_cases(std::uint64_t seed, Shown shown);
std::vector<Case> fault_cases(std::uint64_t seed, Shown shown);

} // namespace lab
