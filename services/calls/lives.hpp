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

// Process 1, with the program PATH and the arguments that world::exec holds. What exec says.
Result<void> start_first_process(std::string_view path, FirstDescriptors descriptors);

// Puts the program PATH, with the arguments of world::exec, in the place of CALLER's own. not_found
// and what else the file system says; malformed: no program of this system; is_directory;
// not_permitted: a device; no_memory; too_many; busy: somebody has the file open for writing, or
// mapped so. CALLER goes on as it was then.
Result<exec::Start> exec_program(Caller& caller, std::string_view path);

// Ends CALLER's process, and with process 1 the machine. It need not return (ThreadsOf: finish).
void end_process(Caller& caller, unix::ExitStatus status);
// The same for one that was killed.
void end_killed(Caller& caller);

// What nobody but the program itself could mend: enters CALLER's own handler, or ends the process
// and says why. CAUSE and VALUE are scause and stval.
void deliver_fault(Caller& caller, const Fault& fault, Error why);
void deliver_exception(Caller& caller, std::uint64_t cause, std::uint64_t value);

} // namespace call
