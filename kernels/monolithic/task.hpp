// The process: a program, its address space, and a kernel stack to serve it on.
// SPDX-License-Identifier: MIT
#pragma once

#include "space.hpp"

#include "arch/riscv/context.hpp"
#include "arch/riscv/kernel_stack.hpp"
#include "arch/riscv/timer.hpp"
#include "arch/riscv/trap_frame.hpp"
#include "services/vm/regions.hpp"

#include <string_view>

struct Process {
    enum class State : std::uint8_t { unused, runnable, asleep };

    State state = State::unused;
    std::string_view name;
    Space space;
    vm::Regions regions;
    std::uint64_t wake_at = timer::NEVER; // while asleep, in ticks of `time`
    std::uint64_t faults_mended = 0;
    KernelContext context; // while another runs
    KernelStack<TrapFrame> stack;
};

// Loads the program NAME and the system library from the initial RAM disk and makes it runnable.
// What is missing or malformed is said on the console, and the machine ends.
void start_first_process(std::string_view name);

// Ends the running process with STATUS, and with it the machine, which was asked to run this one
// program.
[[noreturn]] void end_process(std::uint64_t status);

// The same for a fault or exception that nobody mends: says program, pc, address and cause. Do not
// return.
[[noreturn]] void end_by_fault(const Process& process, const Fault& fault, Error why);
[[noreturn]] void end_by_exception(const Process& process, std::uint64_t cause, std::uint64_t value,
                                   VirtAddr pc);
