// `faultline run`: one kernel, one program, on this terminal.
// SPDX-License-Identifier: MIT
//
// The machine has the terminal (console.cpp); what its exit code means is said at the end.
#include "abi/machine_exit.hpp"
#include "commands.hpp"
#include "console.hpp"
#include "own_program.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "terminal.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "visible.hpp"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace faultline {

namespace {

// What is to run, and how messages call it.
struct Plan {
    std::optional<Program> program; // absent: the kernel's own first one, which starts the shell
    std::string name;
};

// The programs on DISK, which may be more than the build knows, and links. None where it cannot be
// read: there the kernel says why.
std::vector<std::string> programs_on(const std::filesystem::path& disk) {
    const std::string folder = " /bin/";
    const auto listed =
        capture({Tree::here().mkfs().string(), "--list", disk.string()}, std::chrono::seconds(60));
    std::vector<std::string> names;
    for (const auto& line : lines_of(listed.ended.status == 0 ? listed.output : ""))
        if (const auto at = line.find(folder); at != line.npos)
            names.push_back(line.substr(at + folder.size()));
    return names;
}

Program program_on(const std::filesystem::path& disk, const std::string& name) {
    const auto known = programs_on(disk);
    if (!known.empty() && std::ranges::find(known, name) == known.end())
        throw Failure(Exit::usage, "no program on the disk is called " + name,
                      suggestion(name, known));
    return {.name = name, .file = {}};
}

Plan plan_of(const RunOptions& options, const Manifest& manifest, const Kernel& kernel,
             const Disk& disk) {
    const bool shell =
        manifest.has_program("sh") && kernel.missing_for(manifest.program("sh")).empty();
    if (options.program.empty() && shell)
        return {std::nullopt, "init"};
    if (options.program.empty())
        std::fprintf(stderr, "%s has no shell yet; hello runs instead\n", kernel.name.c_str());
    if (!options.program.empty() && !manifest.has_program(options.program) && kernel.has("files"))
        return {program_on(disk.file, options.program), options.program};
    const auto& program = manifest.program(options.program.empty() ? "hello" : options.program);
    require_features(kernel, program);
    return {program, program.name};
}

[[noreturn]] void refuse_shared_disk() {
    throw Failure(Exit::failed, "another machine is running on this disk",
                  "End that one first, or use another: --disk FILE (it is made if it is not "
                  "there).");
}

// The disk keeps what is written, until the build makes another one.
Disk disk_of(const RunOptions& options, const Manifest& manifest) {
    const bool named = !options.disk.empty();
    if (options.drop_writes)
        return Disk{named ? std::filesystem::path(options.disk) : manifest.disk,
                    Disk::Writes::are_dropped};
    KeptDisk disk{.built = manifest.disk,
                  .file = named ? std::filesystem::absolute(options.disk)
                                : manifest.folder / "run-disk.img",
                  .renewal = options.fresh_disk ? KeptDisk::Renewal::now
                             : named            ? KeptDisk::Renewal::never
                                                : KeptDisk::Renewal::when_the_build_is_newer};
    if (const auto words = prepare_disk(disk); !words.empty())
        std::fprintf(stderr, "%s\n", words.c_str());
    return Disk{disk.file, Disk::Writes::are_kept};
}

// A program of the reader's own: on the disk that is named, or on a copy that is thrown away.
OwnProgram own_program_of(const RunOptions& options, const Manifest& manifest,
                          const std::filesystem::path& folder) {
    if (options.disk.empty() || options.drop_writes) {
        const std::filesystem::path disk = options.disk;
        return build_own_program(manifest, options.program, folder,
                                 disk.empty() ? manifest.disk : disk);
    }
    OwnProgram own{compile_own_program(manifest, options.program, folder),
                   disk_of(options, manifest)};
    if (disk_in_use(own.disk.file))
        refuse_shared_disk();
    put_on_disk(own.program, own.disk.file);
    return own;
}

std::vector<std::string> command_of(const RunOptions& options, const Kernel& kernel,
                                    const Disk& disk, const Plan& plan) {
    const auto line = plan.program ? boot_line(*plan.program, options.arguments) : std::string();
    auto command = machine_command(kernel, options.guest.machine(), disk, line);
    command.push_back("-nographic");
    return command;
}

void refuse_start(const std::string& errors) {
    if (errors.find("\"write\" lock") != std::string::npos)
        refuse_shared_disk();
    throw start_failure(*start_problem(1, errors));
}

} // namespace

// In a lab's kit, a kernel that fails is mostly one with a task still to be done.
static std::string advice_here(int status) {
    const bool is_kit = std::filesystem::exists(Tree::here().top / "labs" / "kit.json");
    const std::string advice = exit_advice(status);
    return is_kit && status > machine_exit::LAST_OF_PROGRAM
               ? "A task that is still to be done looks like this: see ./faultline lab check. " +
                     advice
               : advice;
}

Exit run(const RunOptions& options) {
    const Manifest manifest = options.guest.manifest();
    const Kernel& kernel = manifest.kernel(options.kernel);
    const Scratch scratch;
    Disk disk;
    Plan plan;
    if (is_source_file(options.program)) {
        const auto own =
            own_program_of(options, manifest,
                           options.print_command ? folder_that_stays(manifest) : scratch.path());
        disk = own.disk;
        plan = {own.program, own.program.name};
    } else {
        disk = disk_of(options, manifest);
        plan = plan_of(options, manifest, kernel, disk);
    }
    warn_of_lost_arguments(kernel, options.arguments);
    const auto command = command_of(options, kernel, disk, plan);
    if (options.print_command) {
        print(shell_line(command) + "\n");
        std::fputs(
            "# QEMU alone shows the firmware's banner, too, and loses the first byte of what "
            "waits for\n# the machine to boot; run itself holds input back until then.\n",
            stderr);
        return Exit::done;
    }
    const bool is_shown = isatty(STDOUT_FILENO) != 0;
    if (options.firmware_banner && !is_shown)
        std::fputs("The firmware's banner is for a terminal; here it is left out all the same.\n",
                   stderr);
    if (isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
        std::fprintf(stderr, "%s on %s; Ctrl-C goes to the guest, Ctrl-A then X ends the machine\n",
                     plan.program ? plan.name.c_str() : "a shell", kernel.name.c_str());
    const auto errors_file = scratch.path() / "errors";
    Ended ended;
    {
        Console console(options.firmware_banner && is_shown ? Console::Banner::shown
                                                            : Console::Banner::left_out);
        Launch launch{.command = command, .errors = errors_file};
        console.connect(launch);
        Process qemu(launch);
        ended = console.attend(qemu);
    }
    const std::string errors =
        std::filesystem::exists(errors_file) ? read_file(errors_file) : std::string();
    if (start_problem(ended.status, errors))
        refuse_start(errors);
    std::fputs(first_messages(errors).c_str(), stderr);
    if (ended.signal != 0)
        throw Failure(Exit::failed, "QEMU was ended by signal " + std::to_string(ended.signal),
                      "Start it again; --print-command shows the plain QEMU line.");
    require_qemu();
    if (ended.status == 0)
        return Exit::done;
    throw Failure(Exit::failed, exit_meaning(plan.name, ended.status) + " on " + kernel.name,
                  advice_here(ended.status));
}

} // namespace faultline
