// `./faultline lab validate`: does a lab mark as its author says?
// SPDX-License-Identifier: MIT
//
// The solution gets all points, the starter none, each wrong solution (wrong.hpp) loses exactly
// what it should, and a message of a task that it loses names its cause; and no kit has what its
// student is to write (leak.hpp). All by `grade`, as a student's submission.
#pragma once

#include "description.hpp"
#include "result.hpp"
#include "wrong.hpp"

#include "failure.hpp"

#include <string>
#include <vector>

namespace lab {

struct ValidateOptions {
    std::string lab{};
    std::vector<std::string> only{}; // wrong solutions, or `solution`, `starter`, `kit`; empty: all
    std::string student{};
    bool no_sandbox = false;
    unsigned times = 1; // that the solution is handed in; all results must be the same
};
faultline::Exit validate(const ValidateOptions& options);

// What is amiss; empty: RESULT is as it should be. For the solution, the starter, and a wrong one.
std::vector<std::string> amiss_of_solution(const LabResult& result);
std::vector<std::string> amiss_of_again(const LabResult& first, const LabResult& again);
std::vector<std::string> amiss_of_starter(const LabResult& result);
std::vector<std::string> amiss_of_wrong(const LabResult& result, const WrongSolution& wrong);

} // namespace lab
