// What each world defines for lib/: on the host, a panic is an exception to expect.
// SPDX-License-Identifier: MIT
#include "world.hpp"

#include "lib/panic.hpp"

void panic(std::string_view why) { throw Panic(std::string(why)); }
