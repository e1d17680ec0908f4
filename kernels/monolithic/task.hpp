// The process: a program, its address space, and a kernel thread to serve it on.
// SPDX-License-Identifier: MIT
//
// What UNIX knows of a process (number, parent, files, ...) is services/unix's, under the same
// index. Here is what the machine needs: stack, registers, space, and how lives begin and end.
#pragma once

#include "thread.hpp"

#include "arch/riscv/trap_frame.hpp"
#include "services/unix/processes.hpp"
#include "services/vm/names.hpp"

class Frames;

// Maps the kernel stacks of all processes, each above a guard page, once: there are never more.
// no_memory.
Result<void> place_kernel_stacks(Frames& frames);

struct Process : Thread {
    unix::ProcessId id;
    vm::SpaceId space;
    bool has_space = false;
    TrapFrame* frame = nullptr; // the program's registers, at the top of its kernel stack
    bool must_end = false;      // it was killed, and has not noticed yet
    std::uint64_t faults = 0;   // mended

    unix::ProcessIndex index() const { return unix::ProcessIndex(client.number()); }
};

// Puts PROCESS's address space in force.
void enter_space_of(const Process& process);

// The descriptors 0, 1 and 2 of process 1: the console, or none, for a program that opens them.
enum class FirstDescriptors : std::uint8_t { console, none };

// Process 1, with the program PATH and the arguments that kernel.exec holds. What exec_program
// says.
Result<void> start_first_process(std::string_view path, FirstDescriptors descriptors);

// A copy of PARENT that goes on where it is, with 0 as its call's result. too_many; no_memory.
Result<unix::ProcessId> fork_process(Process& parent);

// Waits for a child of PARENT that has ended, and takes it out of the tables. no_child;
// interrupted.
Result<unix::EndedChild> wait_for_child(Process& parent);

// Ends the running process, PROCESS, and with process 1 the machine.
[[noreturn]] void end_process(Process& process, unix::ExitStatus status);

// Ends PROCESS if it was killed: what every trap does last.
[[noreturn]] void end_killed(Process& process);
inline void end_if_killed(Process& process) {
    if (process.must_end) [[unlikely]]
        end_killed(process);
}
