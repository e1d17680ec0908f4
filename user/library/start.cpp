// How a program starts, where calls go by number.
// SPDX-License-Identifier: MIT
//
// Before: the kernel, at the end of an exec, and library_start (entry.S): a0 is the program's
// entry, a1 how many arguments there are, a2 where their views lie on the new stack. Next: _start
// in user/start.cpp.
#include "lib/panic.hpp"
#include "user/lib/calls.hpp"

extern "C" [[noreturn]] void start_program(ProgramEntry program_entry, std::size_t count,
                                           const abi::TextView* arguments) {
    program_entry(count, arguments);
    panic("the program's entry returned");
}
