// Calls about the terminal: whom Ctrl-C ends, and who edits lines.
// SPDX-License-Identifier: MIT
#include "services/calls/calls.hpp"

namespace call {

Answer foreground(Caller&, Request request) {
    TRY(world::system.set_foreground(unix::GroupId(request.argument(0))));
    return Answer::nothing();
}

Answer terminal(Caller&, Request request) {
    const auto before = TRY(world::system.set_terminal_mode(request.argument(0)));
    return Answer::of(static_cast<std::uint64_t>(before));
}

} // namespace call
