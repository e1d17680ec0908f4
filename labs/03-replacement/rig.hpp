// The parts of lab 3's rig.
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/lab_rig.hpp"

#include <cstdint>

// rig_steps.cpp: answers QUERY by the student's policies.
void take_steps(rig::Query& query);

// rig_entry.S
extern "C" {
// Calls WORK(QUERY); comes back when it does, or when something in it gives up.
void attempt(void (*work)(rig::Query&), rig::Query& query);
[[noreturn]] void give_up();
void trap_vector();
// rig.cpp: a student's code went astray.
[[noreturn]] void fault_receive();
}
