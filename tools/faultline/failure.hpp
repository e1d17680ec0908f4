// What ends a command early: an exit code, what is wrong, and what to do next.
// SPDX-License-Identifier: MIT
//
// Thrown anywhere below main.cpp, which prints it and returns its code. Destructors on the way out
// stop what was started and remove what was written.
#pragma once

#include <stdexcept>
#include <string>

namespace faultline {

enum class Exit {
    done = 0,
    failed = 1,  // the thing asked for failed
    usage = 2,   // it was asked for wrongly
    missing = 3, // something it needs is not on this machine
};

class Failure : public std::runtime_error {
public:
    Failure(Exit exit, const std::string& what, std::string next)
        : std::runtime_error(what), exit_(exit), next_(std::move(next)) {}

    Exit exit() const { return exit_; }
    const std::string& next() const { return next_; }

private:
    Exit exit_;
    std::string next_;
};

// SIGINT, SIGTERM or SIGHUP arrived: unwind, clean up, then die of that signal as the shell
// expects.
struct Interrupted {
    int signal;
};

} // namespace faultline
