// Calls about the terminal: whom Ctrl-C ends, and who edits lines.
// SPDX-License-Identifier: MIT
#include "calls.hpp"

#include "kernels/monolithic/kernel.hpp"

namespace call {

Answer foreground(Process&, Arguments arguments) {
    TRY(kernel.system.set_foreground(unix::GroupId(arguments[0])));
    return 0;
}

Answer terminal(Process&, Arguments arguments) {
    return static_cast<std::uint64_t>(TRY(kernel.system.set_terminal_mode(arguments[0])));
}

} // namespace call
