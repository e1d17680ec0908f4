// The terminal as it was, whatever a child did to it.
// SPDX-License-Identifier: MIT
//
// QEMU and GDB put the terminal into modes of their own; one that is killed does not put it back.
// Used by run.cpp and debug.cpp.
#pragma once

#include <termios.h>
#include <unistd.h>

namespace faultline {

class TerminalGuard {
public:
    TerminalGuard() : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {}
    ~TerminalGuard() {
        if (is_terminal_)
            tcsetattr(STDIN_FILENO, TCSANOW, &before_);
    }
    TerminalGuard(const TerminalGuard&) = delete;
    TerminalGuard& operator=(const TerminalGuard&) = delete;

private:
    termios before_{};
    bool is_terminal_;
};

} // namespace faultline
