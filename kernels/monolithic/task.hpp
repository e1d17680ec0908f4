// The process: a program, its address space, and a kernel stack to serve it on.
// SPDX-License-Identifier: MIT
#pragma once

#include "thread.hpp"

#include "arch/riscv/trap_frame.hpp"
#include "lib/fault.hpp"
#include "lib/result.hpp"
#include "services/vm/names.hpp"

#include <string_view>

inline constexpr std::size_t PROCESS_COUNT = 64;
inline constexpr std::uint64_t KERNEL_STACK_SIZE = 16384; // bytes

struct Process : Thread {
    std::string_view name;
    vm::SpaceId space;
    std::uint64_t faults_mended = 0;
    TrapFrame* frame = nullptr; // the program's registers, at the top of its kernel stack
};

// Loads the program NAME and the system library from the initial RAM disk and makes it runnable.
// What is missing or malformed is said on the console, and the machine ends.
void start_first_process(std::string_view name);

// Puts PROCESS's address space in force.
void enter_space_of(const Process& process);

// Ends the running process with STATUS, and with it the machine, which was asked to run this one
// program.
[[noreturn]] void end_process(std::uint64_t status);

// The same for a fault or exception that nobody mends: says program, pc, address and cause. Do not
// return.
[[noreturn]] void end_by_fault(const Process& process, const Fault& fault, Error why);
[[noreturn]] void end_by_exception(const Process& process, std::uint64_t cause, std::uint64_t value,
                                   VirtAddr pc);
