// Processes as ExOS has them: each is an environment, and knows itself.
// SPDX-License-Identifier: MIT
//
// What UNIX knows of a process is services/unix's, under the same index; how lives begin and end is
// services/calls's. Here is what the environment needs. What a process's registers and memory are,
// only the process itself knows; of others there is what stands here, in the shared section.
#pragma once

#include "abi/calls/memory.hpp"
#include "abi/calls/processes.hpp"
#include "services/exec/program.hpp"
#include "services/sched/policy.hpp"
#include "services/unix/processes.hpp"
#include "services/vm/names.hpp"

struct Process {
    unix::ProcessId id;
    unix::ProcessIndex number;
    std::optional<vm::SpaceId> space;
    std::uint64_t faults = 0;         // mended, as it last said
    std::uint64_t resident_pages = 0; // the same
    std::uint64_t ticks = 0;          // of `time`, that it ran
    bool waits = false;
    std::uint64_t deadline = 0; // while it waits

    unix::ProcessIndex index() const { return number; }
};

// This process's row says what its memory is like: to others nothing of that can be seen.
void note_memory();

// What the kernel calls this environment in its words.
void name_environment(std::string_view name);

// call::ThreadsOf (processes.cpp, fork.cpp).
struct Threads {
    Result<void> create(unix::ProcessIndex index) const;
    Process& at(unix::ProcessIndex index) const;
    void copy(const Process& parent, Process& child, vm::SpaceId space) const;
    void start(Process& process) const;
    void enter(Process& process, vm::SpaceId space, const exec::Start& start) const;
    void leave_space(Process& process) const;

    void save(const Process& process, abi::FaultContext& context) const;
    void restore(Process& process, const abi::FaultContext& context) const;

    void yield(Process& process) const;
    void set_tickets(Process& process, sched::Tickets tickets) const;
    Result<void> schedule_group(Process& process, abi::Scheduling scheduling) const;
    void describe(unix::ProcessIndex index, abi::ProcessInfo& row) const;
    [[noreturn]] void finish(Process& process) const;
    [[noreturn]] void end_system(unix::ExitStatus status) const;

    std::uint64_t now() const;
    std::uint64_t deadline_in(std::uint64_t ticks) const;
    std::uint64_t switches() const;
};
