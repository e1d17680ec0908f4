// The parts of lab 1's rig.
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/lab_rig.hpp"

#include <cstdint>

// rig_steps.cpp: takes the steps of QUERY, answers included.
void take_steps(rig::Query& query);

// rig_map.cpp: writes satp by itself. The tables are the student's; what puts them in force is not.
void put_in_force(std::uint64_t root_frame);

// rig_entry.S
struct Reached {
    std::uint64_t cause; // 0: the program made the access
    std::uint64_t value; // what it loaded; else stval
};
extern "C" {
// In U-mode at PC, with ADDRESS in a0 and VALUE in a1, until the next trap.
Reached run_program(std::uint64_t pc, std::uint64_t address, std::uint64_t value);
extern const char program_load[], program_store[], program_fetch[];
void trap_vector();
// rig.cpp: a trap of the rig's own mode: a student's code went astray.
[[noreturn]] void fault_receive();
// The probe notes what happens between the two (docs/probe.md, `changes`).
void change_begins();
void change_ends();
}
