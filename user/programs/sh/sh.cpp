// The shell: lines from a person, from a file or from `-c`, and their commands.
// SPDX-License-Identifier: MIT
//
//   sh              reads lines: edited ones from a console, plain ones from anything else
//   sh -c LINE      carries out LINE
//   sh FILE         carries out FILE, line after line
//
// Before: init starts it on the console. Each line goes through the parser (parser.cpp) to the
// runner (runner.cpp). docs/shell.md is the manual.
#include "builtins.hpp"
#include "console.hpp"

#include "user/lib/message.hpp"
#include "user/lib/os.hpp"
#include "user/lib/reader.hpp"

namespace {

// Under 10 KiB: in the program's data, not on its stack.
constinit sh::Tree tree;

// Carries out LINE, which comes from SOURCE; says where a line cannot be understood.
void run_line(sh::Runner& runner, std::string_view source, std::string_view line) {
    if (const auto parsed = tree.parse(line); !parsed) {
        const sh::SyntaxError& error = parsed.error();
        const std::string_view rest = line.substr(error.at, 20);
        os::report(source, ": ", error.why, ", at column ", error.at + 1, rest.empty() ? "" : ": ",
                   rest);
        runner.set_status(sh::WRONG);
        return;
    }
    runner.run(tree);
}

std::int64_t run_lines(std::int64_t descriptor, std::string_view source) {
    sh::Runner runner(sh::Runner::Mode::script);
    os::Reader reader(descriptor);
    while (const auto line = reader.line())
        run_line(runner, source, *line);
    if (reader.failure() != 0) {
        os::report(source, ": ", os::words(reader.failure()));
        return sh::WRONG;
    }
    return runner.status();
}

std::int64_t run_file(std::string_view path) {
    const std::int64_t file = os::open(path);
    if (file < 0) {
        os::report("sh: ", path, ": ", os::words(file));
        return sh::NOT_FOUND;
    }
    return run_lines(file, path);
}

// What a person's command wrote is kept, however the machine ends after the next prompt.
void keep_on_disk() {
    if (const std::int64_t error = os::sync(); error < 0)
        os::report("sh: what was written is not all on the disk: ", os::words(error));
}

std::int64_t run_console() {
    static constinit sh::Runner runner(sh::Runner::Mode::interactive);
    static constinit sh::Console console;
    while (const auto line = console.read_line()) {
        run_line(runner, "sh", *line);
        keep_on_disk();
        runner.report_jobs();
    }
    return runner.status();
}

bool is_console(std::int64_t descriptor) {
    os::Stat stat{};
    return os::fstat(descriptor, stat) == 0 && stat.type == os::FileType::device &&
           stat.major == abi::device::CONSOLE;
}

} // namespace

int main(os::Arguments arguments) {
    if (arguments.size() == 3 && arguments[1] == "-c") {
        sh::Runner runner(sh::Runner::Mode::script);
        run_line(runner, "sh", arguments[2]);
        return static_cast<int>(runner.status());
    }
    if (arguments.size() == 2 && !arguments[1].starts_with('-'))
        return static_cast<int>(run_file(arguments[1]));
    if (arguments.size() > 1) {
        os::report("usage: sh [-c LINE | FILE]");
        return static_cast<int>(sh::WRONG);
    }
    const std::int64_t status = is_console(os::INPUT) ? run_console() : run_lines(os::INPUT, "sh");
    return static_cast<int>(status);
}
