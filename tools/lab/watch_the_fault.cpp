// Lab 0 put together.
// SPDX-License-Identifier: MIT
//
// Its handout: labs/00-watch-the-fault/handout.md.
#include "watch_the_fault.hpp"

namespace lab {

Lab watch_the_fault() {
    Lab lab{.name = "00-watch-the-fault",
            .scenario = "zero-fill",
            .handout = "handout.md",
            .tasks = {"counts", "who does it, and in which mode", "what costs more",
                      "read from the measurement"},
            .questions = {}};
    add_count_questions(lab.questions);
    add_place_questions(lab.questions);
    add_order_questions(lab.questions);
    add_number_questions(lab.questions);
    return lab;
}

} // namespace lab
