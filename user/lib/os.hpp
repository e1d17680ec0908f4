// The one API of all programs, on all kernels.
// SPDX-License-Identifier: MIT
//
// These calls go through the system library's jump table (abi/library_table.h) into whatever
// library the running kernel has mapped there: system-call stubs, IPC stubs, or a whole library OS.
// Semantics as in xv6 unless said. A call that can fail returns a negative number then, an error of
// abi/errors.hpp negated; os::words puts it into words. A kernel that does not have a call yet
// answers -NO_CALL ("not supported"). docs/programs.md is the whole story for a program's author.
//
//   files.hpp      descriptors, files, directories, pipes, the console
//   memory.hpp     heap, mappings, fault handlers, advice
//   processes.hpp  fork, exec, exit, wait, kill, time
//   system.hpp     counters, the table of processes, how much memory there is
#pragma once

#include "user/lib/arguments.hpp"
#include "user/lib/errors.hpp"
#include "user/lib/files.hpp"
#include "user/lib/memory.hpp"
#include "user/lib/processes.hpp"
#include "user/lib/system.hpp"
