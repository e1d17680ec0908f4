// The process: a program, its address space, and a strand to serve it on.
// SPDX-License-Identifier: MIT
//
// What UNIX knows of a process (number, parent, files, ...) is services/unix's, under the same
// index; how lives begin and end is services/calls's. Here is what the machine needs.
#pragma once

#include "kernels/spin/interface/strand.hpp"

#include "services/exec/program.hpp"
#include "services/sched/policy.hpp"
#include "services/unix/processes.hpp"
#include "services/vm/names.hpp"

#include "abi/calls/memory.hpp"
#include "abi/calls/processes.hpp"

#include <optional>

struct Process {
    unix::ProcessIndex number{};
    unix::ProcessId id{};
    std::optional<vm::SpaceId> space{};
    spin::StrandReference strand{};
    sched::Tickets tickets = sched::Tickets::usual(); // for a group's scheduler
    std::optional<unix::Event> waits_for{};           // and a kill ends that
    bool must_end = false;                            // it was killed, and has not noticed yet

    unix::ProcessIndex index() const { return number; }
};

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

    void yield(Process&) const { strand_yield(); }
    void set_tickets(Process& process, sched::Tickets tickets) const;
    Result<void> schedule_group(Process& process, abi::Scheduling scheduling) const;
    void describe(unix::ProcessIndex index, abi::ProcessInfo& row) const;
    void finish(Process& process) const;
    void end_system(unix::ExitStatus status) const;

    std::uint64_t now() const { return strand_time(); }
    std::uint64_t deadline_in(std::uint64_t ticks) const { return strand_deadline_in(ticks); }
    std::uint64_t switches() const { return strand_switches(); }
};
