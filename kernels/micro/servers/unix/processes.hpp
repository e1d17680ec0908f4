// The process: a program, its address space, a thread, and the request that the thread waits with.
// SPDX-License-Identifier: MIT
//
// What UNIX knows of a process (number, parent, files, ...) is services/unix's, under the same
// index; how lives begin and end is services/calls's. Here is what the machine needs.
#pragma once

#include "kernels/micro/library/objects.hpp"

#include "services/calls/request.hpp"
#include "services/exec/program.hpp"
#include "services/groups/groups.hpp"
#include "services/unix/processes.hpp"
#include "services/vm/names.hpp"

#include "abi/calls/memory.hpp"
#include "abi/calls/processes.hpp"

#include <bit>
#include <optional>

struct Process {
    unix::ProcessIndex number{};
    unix::ProcessId id{};
    std::optional<vm::SpaceId> space{};
    bool has_thread = false;
    std::uint64_t token = abi::micro::NOBODY; // of its thread, since that called first
    // The eight words of its last call. They count as long as that is not answered.
    std::array<std::uint64_t, call::Request::WORDS> request{};
    std::optional<unix::Event> waits_for{};
    // What its thread goes on with after this request, instead of an answer.
    std::optional<micro::ThreadContext> goes_on_with{};
    sched::Tickets tickets = sched::Tickets::usual();
    std::optional<sched::Group>
        group{}; // that it is scheduled in; none: its turns are the kernel's

    unix::ProcessIndex index() const { return number; }
};

// A bit for each process.
class ProcessSet {
public:
    bool is_empty() const { return bits_ == 0; }
    void add(unix::ProcessIndex index) { bits_ |= bit(index); }
    void remove(unix::ProcessIndex index) { bits_ &= ~bit(index); }
    // One of them, of a set that is not empty.
    unix::ProcessIndex any() const {
        return unix::ProcessIndex(static_cast<std::size_t>(std::countr_zero(bits_)));
    }

private:
    static constexpr std::uint64_t bit(unix::ProcessIndex index) {
        return std::uint64_t{1} << index.number();
    }
    static_assert(unix::PROCESSES <= 64);

    std::uint64_t bits_ = 0;
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

    void yield(Process& process) const;
    void set_tickets(Process& process, sched::Tickets tickets) const;
    Result<void> schedule_group(Process& process, abi::Scheduling scheduling) const;
    void describe(unix::ProcessIndex index, abi::ProcessInfo& row) const;
    void finish(Process& process) const;
    [[noreturn]] void end_system(unix::ExitStatus status) const;

    std::uint64_t now() const { return micro::kernel_call(micro::Operation::clock); }
    std::uint64_t deadline_in(std::uint64_t ticks) const;
    std::uint64_t switches() const { return abi::NOT_COUNTED; }
};
