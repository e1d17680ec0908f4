// What system calls ask of whoever places them: the services below, and the caller's thread.
// SPDX-License-Identifier: MIT
//
// A placement says what stands for each, in a header `calls_placement.hpp` on the include path of
// its copy of this service:
//   namespace call::world {
//   using Caller = ...;       // a program that calls: below
//   system                    // unix::System
//   memory                    // vm::Service
//   files                     // of type Files: what `system` stands over (unix::FileSystem),
//                             // and counts, sync, checkpoint (unix::OverFs)
//   threads                   // call::ThreadsOfOf
//   exec                      // call::Exec: exec.hpp
//   into(space, address), from(space, address)
//                             // io::Destination, io::Source: a program's memory
//   first_unreachable(space, start, count, access)
//                             // the first of COUNT bytes whose page refuses ACCESS at this moment;
//                             // START + COUNT: none does
//   wake(event)               // as unix::Placement
//   Console                   // a Sink, for words about programs that end
//   LIBRARY                   // path of the system library's file
//   }
// All are objects at namespace scope, or references to such, bound once.
//
// Order of the layers: calls -> unix -> vm -> fs -> block, downwards only (docs/services.md). So
// everything here may be called from a system call, and calls none.
#pragma once

#include "services/calls/request.hpp"
#include "services/exec/program.hpp"
#include "services/io/transfer.hpp"
#include "services/sched/policy.hpp"
#include "services/unix/system.hpp"
#include "services/vm/service.hpp"

#include "abi/calls/memory.hpp"
#include "abi/calls/processes.hpp"

namespace call {

// A program that calls, as the machine sees it. What UNIX knows of it has the same index.
template <class C>
concept CallingProgram = requires(const C& caller) {
    { caller.index() } -> std::same_as<unix::ProcessIndex>;
    { caller.id } -> std::convertible_to<unix::ProcessId>;
    // Its address space; none before its first exec and after its end.
    { caller.space } -> std::convertible_to<std::optional<vm::SpaceId>>;
};

// The threads that programs run on.
template <class T, class C>
concept ThreadsOf = requires(T& threads, C& caller, const C& constant, unix::ProcessIndex index,
                             vm::SpaceId space, const exec::Start& start,
                             abi::FaultContext& context, const abi::FaultContext& wanted,
                             VirtAddr address, abi::ProcessInfo& row, unix::ExitStatus status,
                             std::uint64_t ticks, sched::Tickets tickets,
                             abi::Scheduling scheduling) {
    // Process INDEX, which UNIX has made a moment ago and which does not run, gets a thread without
    // an address space. no_memory. at: that of a process that has one, from create to finish.
    { threads.create(index) } -> std::same_as<Result<void>>;
    { threads.at(index) } -> std::same_as<C&>;
    // CALLER's thread goes on with PARENT's registers, 0 as its call's result, in SPACE.
    threads.copy(constant, caller, space);
    // It may run from now on.
    threads.start(caller);
    // CALLER's thread goes on in SPACE as START says.
    threads.enter(caller, space, start);
    // CALLER's space is nobody's any more, and not in force: it may be destroyed.
    threads.leave_space(caller);
    // The program's registers, out and in.
    threads.save(constant, context);
    threads.restore(caller, wanted);
    // CALLER, which runs, lets others run first: at once, or when its call is answered.
    threads.yield(caller);
    threads.set_tickets(caller, tickets);
    // CALLER's group is scheduled so among themselves from now on. not_supported: the structure has
    // one scheduler for everybody.
    { threads.schedule_group(caller, scheduling) } -> std::same_as<Result<void>>;
    // Faults that were mended, ticks that it ran, and whether it runs or sleeps; of a process that
    // has a thread, or had one and has ended.
    threads.describe(index, row);
    // CALLER's thread ends. It need not return, where that is the thread that runs; where it does,
    // CALLER is none any more, and nothing of it is looked at again (Answer::for_nobody).
    threads.finish(caller);
    // The machine was asked to run process 1, and is done. Does not return.
    threads.end_system(status);

    { threads.now() } -> std::same_as<std::uint64_t>; // ticks of `time`
    // TICKS from now, not 0; all ones for never.
    { threads.deadline_in(ticks) } -> std::same_as<std::uint64_t>;
    { threads.switches() } -> std::same_as<std::uint64_t>; // from one thread to another, so far
};

} // namespace call

#include "calls_placement.hpp"

namespace call {

static_assert(CallingProgram<world::Caller>);
static_assert(ThreadsOf<decltype(world::threads), world::Caller>);
static_assert(vm::Service<std::remove_reference_t<decltype(world::memory)>>);
static_assert(unix::FileSystem<std::remove_reference_t<decltype(world::files)>>);
static_assert(io::Destination<decltype(world::into(vm::SpaceId(), VirtAddr()))>);
static_assert(io::Source<decltype(world::from(vm::SpaceId(), VirtAddr()))>);

} // namespace call
