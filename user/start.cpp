// Where a program begins, after its system library has set itself up.
// SPDX-License-Identifier: MIT
//
// Before: the kernel started library_start (the system library), which jumped here. Next: the
// program's main.
#include "user/lib/os.hpp"

int main();

extern "C" [[noreturn]] void _start() { os::exit(main()); }
