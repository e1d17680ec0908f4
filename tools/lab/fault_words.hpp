// What lab 2's rig is asked and answers, in words.
// SPDX-License-Identifier: MIT
//
// abi/lab_fault.hpp says what the words of a query mean. Next: vocabulary.cpp.
#pragma once

#include "vocabulary.hpp"

namespace lab::fault {

Said said(Vocabulary::Words query, Vocabulary::Words answers, std::size_t index);
std::string step_under_way(Vocabulary::Words query, std::size_t answers);
std::string watched_step(Vocabulary::Words query, std::size_t number);
std::size_t watched_steps(Vocabulary::Words query, std::size_t answers);

} // namespace lab::fault
