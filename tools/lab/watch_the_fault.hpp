// Lab 0, watch the fault: its tasks and questions.
// SPDX-License-Identifier: MIT
//
// No expected value stands here: each is taken from the measurement when an answer is judged. What
// the files *_questions.cpp add is why the machine counts so, and where to read it.
#pragma once

#include "marking.hpp"

namespace lab {

Lab watch_the_fault();

void add_count_questions(std::vector<Question>& questions);  // task 1
void add_place_questions(std::vector<Question>& questions);  // task 2
void add_order_questions(std::vector<Question>& questions);  // task 3
void add_number_questions(std::vector<Question>& questions); // task 4

} // namespace lab
