// The host command: reads the command line and calls one of the commands.
// SPDX-License-Identifier: MIT
//
// Before: the script `faultline` at the top of the tree, which has installed and built. Next:
// commands.hpp.
#include "commands.hpp"
#include "help_text.hpp"
#include "lab_command.hpp"
#include "process.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "visible.hpp"

#include <algorithm>
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <functional>

namespace {

using namespace faultline;

void add_guest_options(CLI::App& command, GuestChoice& guest) {
    command.add_option("--build", guest.build, "Which guest build: release or debug")
        ->check(CLI::IsMember({"release", "debug"}))
        ->capture_default_str();
    command.add_option("--timer", guest.timer, "Timer of the machine: sbi or sstc")
        ->check(CLI::IsMember({"sbi", "sstc"}))
        ->capture_default_str();
    command.add_option("--memory", guest.memory, "Memory of the machine, in MiB")
        ->check([](const std::string& text) {
            const auto number = parse_number(text);
            const bool possible = number && *number >= MachineChoice::LEAST_MEMORY &&
                                  *number <= MachineChoice::MOST_MEMORY;
            return possible ? ""
                            : "at least " + std::to_string(MachineChoice::LEAST_MEMORY) +
                                  " (MiB) are meant, and at most " +
                                  std::to_string(MachineChoice::MOST_MEMORY) + ", not " + text;
        })
        ->capture_default_str();
    command.add_option("--firmware", guest.firmware,
                       "Another OpenSBI (a fw_dynamic.bin or fw_jump.bin)");
    command.add_option("--guest", guest.folder,
                       "Folder of another guest build (holds manifest.json)");
    command.add_option("--boot", guest.boot,
                       "More words for the kernel's command line, such as policy=clock");
}

void add_compare(CLI::App& app, std::function<Exit()>& chosen) {
    auto options = std::make_shared<CompareOptions>();
    auto* command = app.add_subcommand("compare", "Run a scenario on every kernel, side by side");
    command
        ->add_option("scenario", options->scenario, "A scenario, or a program of yours: FILE.cpp")
        ->capture_default_str();
    command->add_option("--kernels", options->kernels, "Only these, with commas between")
        ->delimiter(',')
        ->allow_extra_args(false); // the scenario may follow
    command->add_option("--json", options->json, "Also write JSON (docs/json.md); - for only JSON");
    command->add_option("--trace-pages", options->trace_pages,
                        "Write the program's page references (docs/probe.md), of one kernel");
    command->add_option("--limit", options->limit, "End a run after so many guest instructions")
        ->check([](const std::string& text) {
            const auto number = parse_number(text);
            return number && *number > 0 ? "" : "a number above 0 is meant, not " + text;
        })
        ->capture_default_str();
    add_guest_options(*command, options->guest);
    command->callback([options, &chosen] { chosen = [options] { return compare(*options); }; });
}

// What stands behind `--` is the program's, dashes and all; CLI11 does not take it for a
// subcommand.
std::vector<std::string> take_rest(int& argc, char** argv) {
    char** const end = argv + argc;
    char** const mark = std::find(argv, end, std::string_view("--"));
    std::vector<std::string> rest(std::min(mark + 1, end), end);
    argc = static_cast<int>(mark - argv);
    return rest;
}

void add_run(CLI::App& app, const std::vector<std::string>& rest, std::function<Exit()>& chosen) {
    auto options = std::make_shared<RunOptions>();
    auto* command = app.add_subcommand("run", "Boot a kernel on this terminal");
    command->add_option("kernel", options->kernel, "Which kernel")->required();
    command->add_option("program", options->program,
                        "Which program, or one of yours: FILE.cpp; none: a shell");
    command->add_option("arguments", options->arguments,
                        "Arguments of the program; behind -- they may have dashes");
    command->add_option("--disk", options->disk,
                        "Keep what is written in this file (made when it is not there)");
    command->add_flag("--fresh-disk", options->fresh_disk, "Begin with the disk as it was built");
    command->add_flag("--drop-writes", options->drop_writes,
                      "Throw away at the end what was written");
    command->add_flag("--firmware-banner", options->firmware_banner,
                      "Show what the firmware prints, too (on a terminal)");
    command->add_flag("--print-command", options->print_command, "Only print the plain QEMU line");
    add_guest_options(*command, options->guest);
    command->callback([options, rest, &chosen] {
        auto& arguments = options->arguments;
        arguments.insert(arguments.end(), rest.begin(), rest.end());
        if (options->program.empty() && !arguments.empty()) { // run KERNEL -- PROGRAM
            options->program = arguments.front();
            arguments.erase(arguments.begin());
        }
        chosen = [options] { return run(*options); };
    });
}

void add_bench(CLI::App& app, std::function<Exit()>& chosen) {
    auto options = std::make_shared<BenchOptions>();
    auto* command = app.add_subcommand("bench", "What each operation costs, beside the peers");
    command->add_option("operations", options->operations, "Only these");
    command->add_option("--kernels", options->kernels, "Only these, with commas between")
        ->delimiter(',')
        ->allow_extra_args(false); // an operation may follow
    command->add_option("--json", options->json,
                        "Also write JSON (docs/bench.md); - for only JSON");
    add_guest_options(*command, options->guest);
    command->callback([options, &chosen] { chosen = [options] { return bench(*options); }; });
}

void add_debug(CLI::App& app, const std::vector<std::string>& rest, std::function<Exit()>& chosen) {
    auto options = std::make_shared<DebugOptions>();
    auto* command =
        app.add_subcommand("debug", "QEMU and GDB, stopped at the faulting instruction");
    command->add_option("kernel", options->kernel, "Which kernel")->required();
    command->add_option("scenario", options->scenario, "Which program, or one of yours: FILE.cpp")
        ->capture_default_str();
    command->add_option("arguments", options->arguments,
                        "Arguments of the program; behind -- they may have dashes");
    command->add_flag("--at-start", options->at_start, "Stop at the program's first instruction");
    command
        ->add_option("--gdb-command", options->gdb_commands,
                     "Run this in GDB, then end (repeatable)")
        ->allow_extra_args(false);
    command->add_option("--batch", options->batch, "Run this file in GDB, then end")
        ->check(CLI::ExistingFile);
    command->add_flag("--firmware-banner", options->firmware_banner,
                      "Show what the firmware prints, too (on a terminal)");
    command->add_flag("--print-command", options->print_command,
                      "Only print the plain QEMU and GDB lines, for two terminals");
    add_guest_options(*command, options->guest);
    command->callback([options, rest, &chosen] {
        options->arguments.insert(options->arguments.end(), rest.begin(), rest.end());
        chosen = [options] { return debug(*options); };
    });
}

void add_test(CLI::App& app, std::function<Exit()>& chosen) {
    auto* command = app.add_subcommand("test", "Run the tests; other arguments go to CTest");
    command->footer("Words of this command:\n"
                    "  --all       Everything, at full length: half an hour and more\n"
                    "  --seed N    Take the samples that a run with this seed took\n"
                    "What else stands there is CTest's, such as -R WORDS, -L LABEL, -N.");
    command->prefix_command(); // all its words are CTest's, but those that test() knows
    command->callback([command, &chosen] {
        chosen = [arguments = command->remaining()] { return test(arguments); };
    });
}

void add_doctor(CLI::App& app, std::function<Exit()>& chosen) {
    auto options = std::make_shared<DoctorOptions>();
    auto* command = app.add_subcommand("doctor", "What is missing on this machine");
    command->add_option("--firmware", options->firmware, "Try another OpenSBI");
    command->callback([options, &chosen] { chosen = [options] { return doctor(*options); }; });
}

void complain(std::string what, const std::string& next) {
    while (what.ends_with('\n'))
        what.pop_back();
    std::fflush(stdout);
    std::fprintf(stderr, "faultline: %s\n", what.c_str());
    if (!next.empty())
        std::fprintf(stderr, "  %s\n", next.c_str());
}

int usage_error(const CLI::ParseError& error, const CLI::App& app, const char* first) {
    std::vector<std::string> names;
    for (const auto* command : app.get_subcommands({}))
        names.push_back(command->get_name());
    const std::string word = first ? first : "";
    const std::string more =
        word == "run" || word == "debug"
            ? " Options of the program stand behind --: ./faultline " + word + " KERNEL ls -- -l"
            : "";
    if (word.empty() || word.starts_with("-") || std::ranges::find(names, word) != names.end())
        complain(error.what(), "./faultline " + (word.starts_with("-") ? "" : word + " ") +
                                   "--help shows how." + more);
    else
        complain("there is no command " + word, suggestion(word, names));
    return static_cast<int>(Exit::usage);
}

// The tree has no releases: its commit tells one state from another.
Exit print_version() {
    const auto commit = capture({"git", "-C", Tree::here().top.string(), "log", "-1",
                                 "--format=Faultline, commit %h of %cs"},
                                std::chrono::seconds(20));
    print(commit.ended.status == 0 && !commit.output.empty() ? commit.output
                                                             : "Faultline, of no known commit\n");
    return Exit::done;
}

int run_command(int argc, char** argv) {
    CLI::App app;
    app.name("./faultline");
    bool version = false;
    app.add_flag("--version", version);
    std::function<Exit()> chosen;
    add_compare(app, chosen);
    const std::string_view first = argc > 1 ? argv[1] : "";
    const bool has_rest = first == "run" || first == "debug";
    const auto rest = has_rest ? take_rest(argc, argv) : std::vector<std::string>();
    add_run(app, rest, chosen);
    add_debug(app, rest, chosen);
    add_bench(app, chosen);
    add_test(app, chosen);
    lab::add_lab(app, chosen);
    lab::add_grade(app, chosen);
    add_doctor(app, chosen);
    app.require_subcommand(0, 1);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        const auto used = app.get_subcommands();
        std::fputs(used.empty() ? HELP_TEXT : used.front()->help("./faultline").c_str(), stdout);
        return 0;
    } catch (const CLI::ParseError& error) {
        return usage_error(error, app, argc > 1 ? argv[1] : nullptr);
    }
    if (version)
        return static_cast<int>(print_version());
    if (!chosen) {
        std::fputs(HELP_TEXT, stdout);
        return 0;
    }
    return static_cast<int>(chosen());
}

} // namespace

int main(int argc, char** argv) {
    prepare_signals();
    try {
        const int code = run_command(argc, argv);
        if (std::fflush(stdout) == 0)
            return code;
        complain("cannot write to standard output", "Check the disk or the program that reads it.");
    } catch (const Failure& failure) {
        complain(failure.what(), failure.next());
        return static_cast<int>(failure.exit());
    } catch (const Interrupted& interrupted) {
        std::signal(interrupted.signal, SIG_DFL);
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, interrupted.signal);
        std::raise(interrupted.signal);
        sigprocmask(SIG_UNBLOCK, &set, nullptr); // here it ends
    } catch (const std::filesystem::filesystem_error& error) {
        complain(visible(error.path1().string()) + ": " + error.code().message(),
                 "Check that path; name another file, or another folder in TMPDIR.");
    } catch (const std::exception& error) {
        complain(error.what(), "This is a defect of the command itself.");
    }
    return static_cast<int>(Exit::failed);
}
