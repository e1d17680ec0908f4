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

// Where a line comes from, for messages: "sh", or "tour.sh: line 3".
struct Source {
    std::string_view name;
    std::uint64_t line = 0; // 0: there is but one

    template <class... Why>
    void report(const Why&... why) const {
        if (line == 0)
            os::report(name, ": ", why...);
        else
            os::report(name, ": line ", line, ": ", why...);
    }
};

// Carries out LINE, which comes from SOURCE; says where a line cannot be understood.
void run_line(sh::Runner& runner, const Source& source, std::string_view line) {
    if (const auto parsed = tree.parse(line); !parsed) {
        const sh::SyntaxError& error = parsed.error();
        const std::string_view rest = line.substr(error.at, 20);
        source.report(error.why, ", at column ", error.at + 1, rest.empty() ? "" : ": ", rest);
        runner.set_status(sh::WRONG);
        return;
    }
    runner.run(tree);
}

// Part of a command may be another one: a line of more than MOST bytes is not carried out.
void refuse_line(sh::Runner& runner, const Source& source, std::size_t most) {
    source.report("longer than ", most, " bytes: nothing of it was carried out");
    runner.set_status(sh::WRONG);
}

std::int64_t run_lines(std::int64_t descriptor, std::string_view name) {
    sh::Runner runner(sh::Runner::Mode::script);
    os::Reader reader(descriptor);
    Source source{name};
    while (const auto line = reader.line()) {
        ++source.line;
        if (line->whole)
            run_line(runner, source, line->text);
        else
            refuse_line(runner, source, os::Reader::LINE_BYTES);
    }
    if (reader.failure() != 0) {
        os::report(name, ": ", os::words(reader.failure()));
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
        if (line->whole)
            run_line(runner, {"sh"}, line->text);
        else
            refuse_line(runner, {"sh"}, sh::Console::LINE_BYTES);
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
        run_line(runner, {"sh"}, arguments[2]);
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
