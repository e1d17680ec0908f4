// The end of a program whose library has broken.
// SPDX-License-Identifier: MIT
//
// For libraries that ask a kernel for everything; ExOS has its own (kernels/exo/libos).
#include "system_call.hpp"

#include "lib/panic.hpp"
#include "user/lib/calls.hpp"

using abi::SystemCall;

// A broken invariant of the library's own ends the program, with the largest status there is.
void panic(std::string_view why) {
    os_write(2, why.data(), why.size());
    system_call(SystemCall::exit, ~0ULL);
    __builtin_trap();
}
