// The functions behind the system calls (abi/calls/system_calls.hpp says what each does).
// SPDX-License-Identifier: MIT
//
// Each decodes and checks its arguments first, and fails before it has done anything; then it calls
// the service that does the work. None waits, but for the layers below. A call that must wait says
// would_block, and is made again with the same request. Before: serve.hpp.
#pragma once

#include "services/calls/placement.hpp"

namespace call {

using world::Caller;
using Function = Answer(Caller& caller, Request request);

// processes.cpp
Function exit, fork, wait, kill, kill_group, getpid, yield, sleep, group, tickets, schedule_group;
// exec.cpp
Function exec;
// files.cpp
Function read, write, open, close, dup, pipe, fstat, seek, sync;
// names.cpp
Function mkdir, mknod, link, unlink, chdir;
// memory.cpp
Function sbrk, mmap, munmap, mprotect, advise, memory;
// handlers.cpp
Function handler, resume;
// terminal.cpp
Function foreground, terminal;
// examine.cpp
Function uptime, statistics, processes;

} // namespace call
