// How processes begin and end, for calls, for faults that nobody mends, and for whoever was killed.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/calls/placement.hpp"

#include "lib/fault.hpp"

namespace call {

using world::Caller;

// The descriptors 0, 1 and 2 of process 1: the console, or none, for a program that opens them.
enum class FirstDescriptors : std::uint8_t { console, none };

// Finds the system library (world::LIBRARY) on the disk, once, before the first program.
// not_found; malformed; ...
Result<void> find_library();

// Process 1, with the program PATH and the arguments that world::exec holds. As prepare_program;
// too_many; no_memory. Then there is no process, and nothing is held.
Result<void> start_first_process(std::string_view path, FirstDescriptors descriptors);

// A program that is ready to run: a space of its own, and a file that nobody can write to.
struct Prepared {
    world::Files::Inode inode; // held, and in use for running
    vm::SpaceId space;
    exec::Start start;
};

// The program PATH, from PROCESS's directory, with the arguments of world::exec. not_found and what
// else the file system says; malformed: no program of this system; is_directory; not_permitted: a
// device; no_memory; too_many; busy: somebody has the file open for writing, or mapped so.
Result<Prepared> prepare_program(unix::ProcessIndex process, std::string_view path);
// PROGRAM, of PATH, takes the place of CALLER's own, if it has one.
void enter_program(Caller& caller, std::string_view path, const Prepared& program);
// PROGRAM is not to run.
void discard_program(const Prepared& program);

// Ends CALLER's process, and with process 1 the machine. It need not return (ThreadsOf: finish).
void end_process(Caller& caller, unix::ExitStatus status);
// The same for one that was killed.
void end_killed(Caller& caller);

// What nobody but the program itself could mend: enters CALLER's own handler, or ends the process
// and says why. CAUSE and VALUE are scause and stval.
void deliver_fault(Caller& caller, const Fault& fault, Error why);
void deliver_exception(Caller& caller, std::uint64_t cause, std::uint64_t value);

} // namespace call
