// The functions behind the system calls (abi/calls/system_calls.hpp says what each does).
// SPDX-License-Identifier: MIT
//
// Each decodes and checks its arguments first, and fails before it has done anything; then it calls
// the service that does the work. Before: on_syscall in syscall.cpp.
#pragma once

#include "kernels/monolithic/authority.hpp"
#include "kernels/monolithic/task.hpp"

#include <span>

// a0..a5 as the program left them.
using Arguments = std::span<const std::uint64_t, 6>;
using SystemCallFunction = Answer(Process& process, Arguments arguments);

namespace call {

// processes.cpp
SystemCallFunction exit, fork, exec, wait, kill, kill_group, getpid, yield, sleep, group, tickets,
    schedule_group;
// files.cpp
SystemCallFunction read, write, open, close, dup, pipe, fstat, seek, sync;
// names.cpp
SystemCallFunction mkdir, mknod, link, unlink, chdir;
// memory.cpp
SystemCallFunction sbrk, mmap, munmap, mprotect, advise, memory;
// handlers.cpp
SystemCallFunction handler, resume;
// terminal.cpp
SystemCallFunction foreground, terminal;
// examine.cpp
SystemCallFunction uptime, statistics, processes;
// For numbers that mean nothing: invalid.
SystemCallFunction unknown;

} // namespace call
