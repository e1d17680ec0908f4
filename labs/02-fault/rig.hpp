// The parts of lab 2's rig.
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/lab_rig.hpp"
#include "arch/riscv/trap_frame.hpp"
#include "lib/address.hpp"

#include <cstdint>

// rig_steps.cpp: takes the steps of QUERY, answers included, on virtual memory that is new.
void take_steps(rig::Query& query);

// rig_memory.cpp: virtual memory as it is right after the start.
void renew_memory();
// The frames that are taken next hold something.
void soil_frames();

// rig_program.cpp: a program whose registers are looked at, in a space of its own.
struct Saved {
    std::uint64_t wrong; // a bit for each register whose value is not in the frame
    bool pc;
    std::uint64_t sscratch;
    bool hart;
};
Saved trap_with_values(std::uint64_t seed);
struct Restored {
    bool reached;
    std::uint64_t wrong;
    bool sscratch;
};
Restored go_on_with_values(std::uint64_t seed, std::uint64_t base);
std::uint64_t trap_and_go_on(std::uint64_t seed, std::uint64_t base);

// rig_entry.S
extern "C" {
// To user mode at PC, with sscratch FRAME, until somebody calls leave_program.
void enter_program(TrapFrame* frame, std::uint64_t pc);
// The same by first_return, that is by the student's TRAP_RESTORE_ALL, with the frame in sp.
void resume_program(TrapFrame* frame);
[[noreturn]] void leave_program();
extern const char program_begin[], program_load[], program_loaded[], program_elsewhere[],
    program_end[];
extern const char program_dump_5[], program_dumped_5[], program_dump_31[], program_dumped_31[];
void program_vector(); // a trap of the program that is not the student's to take
void astray_vector();  // a trap of a student's code
// rig.cpp
[[noreturn]] void went_astray();
// The probe notes what happens between the two (docs/probe.md, `changes`).
void change_begins();
void change_ends();
}
// rig_entry.S stores them where no register is free.
extern "C" std::uint64_t program_sscratch, program_pc, program_cause;
