// `faultline run`: one kernel, one program, on this terminal.
// SPDX-License-Identifier: MIT
//
// QEMU gets the terminal; what its exit code means is said at the end.
#include "abi/machine_exit.hpp"
#include "commands.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"

#include <cstdio>
#include <termios.h>
#include <unistd.h>

namespace faultline {

namespace {

// QEMU puts the terminal into raw mode; however QEMU ends, it is put back.
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

std::vector<std::string> command_of(const RunOptions& options, const Manifest& manifest) {
    std::string boot_line = "program=" + manifest.program(options.program).name;
    for (const auto& argument : options.arguments)
        boot_line += " " + argument;
    auto command = machine_command(manifest.kernel(options.kernel), options.guest.machine(),
                                   manifest.initrd, boot_line);
    command.push_back("-nographic");
    return command;
}

} // namespace

Exit run(const RunOptions& options) {
    const auto command = command_of(options, options.guest.manifest());
    if (options.print_command) {
        std::puts(shell_line(command).c_str());
        return Exit::done;
    }
    if (isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
        std::fprintf(stderr, "%s on %s; Ctrl-A then X ends the machine\n", options.program.c_str(),
                     options.kernel.c_str());
    const Scratch scratch;
    const auto errors_file = scratch.path() / "errors";
    Ended ended;
    {
        const TerminalGuard terminal;
        Process qemu({.command = command, .errors = errors_file});
        ended = wait_for(qemu);
    }
    const std::string errors =
        std::filesystem::exists(errors_file) ? read_file(errors_file) : std::string();
    if (start_problem(ended.status, errors))
        throw Failure(Exit::failed, "QEMU refused to start:\n" + last_lines(errors, 8),
                      "`./faultline doctor` checks QEMU; --print-command shows the line.");
    std::fputs(errors.c_str(), stderr);
    if (ended.signal != 0)
        throw Failure(Exit::failed, "QEMU was ended by signal " + std::to_string(ended.signal),
                      "Start it again; --print-command shows the plain QEMU line.");
    if (ended.status == 0)
        return Exit::done;
    throw Failure(Exit::failed,
                  exit_meaning(options.program, ended.status) + " on " + options.kernel,
                  exit_advice(ended.status));
}

} // namespace faultline
