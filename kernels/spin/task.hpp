// The strand: a thread of control with a kernel stack, here that of a program.
// SPDX-License-Identifier: MIT
//
// SPIN's kernel gives a strand no meaning beyond its name; what the program's memory is, the pager
// knows (extensions/pager/).
#pragma once

#include "interface/extension.hpp"
#include "space.hpp"

#include "arch/riscv/context.hpp"
#include "arch/riscv/kernel_stack.hpp"
#include "arch/riscv/timer.hpp"
#include "arch/riscv/trap_frame.hpp"

#include <string_view>

struct Strand {
    enum class State : std::uint8_t { unused, runnable, blocked };

    State state = State::unused;
    std::string_view name;
    Space* space = nullptr;
    std::uint64_t wake_at = timer::NEVER; // while blocked, in ticks of `time`
    std::uint64_t faults_mended = 0;
    VirtAddr last_mended;         // the address of the last of them
    KernelContext context;        // while another runs
    KernelStack<TrapFrame> stack; // extensions run on it too
};

// Loads the program that the machine was asked to run and the system library, makes the strand
// runnable, and says what the pager has to know. What is missing or malformed is said on the
// console, and the machine ends.
spin::Program load_first_strand();

// Ends the program with STATUS, and with it the machine.
[[noreturn]] void end_program(std::uint64_t status);

// The same for a fault or exception that nobody mends: says program, pc, address and cause. Do not
// return.
[[noreturn]] void end_by_fault(const Strand& strand, const Fault& fault, Error why);
[[noreturn]] void end_by_exception(const Strand& strand, std::uint64_t cause, std::uint64_t value,
                                   VirtAddr pc);
