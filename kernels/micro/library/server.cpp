// A server's own broken invariant: it says so and ends by a trap, which its handler reports.
// SPDX-License-Identifier: MIT
#include "kernels/micro/library/server.hpp"

#include "lib/panic.hpp"

void panic(std::string_view why) {
    micro::DebugConsole console;
    for (const std::string_view part :
         {server_name, std::string_view(": panic: "), why, std::string_view("\n")})
        console.put(part);
    __builtin_trap();
}
