// The process: a program, its address space, and a kernel thread to serve it on.
// SPDX-License-Identifier: MIT
//
// What UNIX knows of a process (number, parent, files, ...) is services/unix's, under the same
// index; how lives begin and end is services/calls's. Here is what the machine needs: stack,
// registers, space.
#pragma once

#include "schedule.hpp"

#include "abi/calls/memory.hpp"
#include "abi/calls/processes.hpp"
#include "arch/riscv/trap_frame.hpp"
#include "services/exec/program.hpp"
#include "services/unix/processes.hpp"
#include "services/vm/names.hpp"

class Frames;

// Maps the kernel stacks of all processes, each above a guard page, once: there are never more.
// no_memory.
Result<void> place_kernel_stacks(Frames& frames);

struct Process : Thread {
    unix::ProcessId id;
    std::optional<vm::SpaceId> space;
    TrapFrame* frame = nullptr; // the program's registers, at the top of its kernel stack
    bool must_end = false;      // it was killed, and has not noticed yet
    std::uint64_t faults = 0;   // mended

    unix::ProcessIndex index() const { return unix::ProcessIndex(client.number()); }
};

// Puts PROCESS's address space in force.
void enter_space_of(const Process& process);

// Ends PROCESS if it was killed: what every trap does last.
[[noreturn]] void end_killed(Process& process);
inline void end_if_killed(Process& process) {
    if (process.must_end) [[unlikely]]
        end_killed(process);
}

// call::ThreadsOf: what services/calls asks of processes here.
struct Threads {
    Result<void> create(unix::ProcessIndex index) const;
    Process& at(unix::ProcessIndex index) const;
    void copy(const Process& parent, Process& child, vm::SpaceId space) const;
    void start(Process& process) const;
    void enter(Process& process, vm::SpaceId space, const exec::Start& start) const;
    void leave_space(Process& process) const;

    void save(const Process& process, abi::FaultContext& context) const;
    void restore(Process& process, const abi::FaultContext& context) const;

    void yield(Process&) const { ::yield(); }
    void set_tickets(Process& process, sched::Tickets tickets) const;
    // One scheduler serves everybody, chosen at boot.
    Result<void> schedule_group(Process&, abi::Scheduling) const {
        return std::unexpected(Error::not_supported);
    }
    void describe(unix::ProcessIndex index, abi::ProcessInfo& row) const;
    [[noreturn]] void finish(Process& process) const;
    [[noreturn]] void end_system(unix::ExitStatus status) const;

    std::uint64_t now() const { return timer::now(); }
    std::uint64_t deadline_in(std::uint64_t ticks) const { return timer::deadline_in(ticks); }
    std::uint64_t switches() const;
};
