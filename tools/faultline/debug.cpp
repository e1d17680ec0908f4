// `faultline debug`: QEMU and GDB, stopped at the faulting instruction.
// SPDX-License-Identifier: MIT
//
// QEMU waits on a socket in a private folder; GDB gets the terminal and a generated script. When
// GDB ends, QEMU ends. The guest reads from a named pipe in the same folder, to which GDB's command
// `type` writes. The reader's own .gdbinit is neither read differently nor written.
#include "commands.hpp"
#include "console.hpp"
#include "gdb_script.hpp"
#include "own_program.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "terminal.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "visible.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace faultline {

namespace {

// What runs, on which disk, and where it is stopped.
struct Plan {
    const Kernel* kernel;
    Program program;
    Disk disk;
    FirstStop stop;
};

Plan plan_of(const DebugOptions& options, const Manifest& manifest,
             const std::filesystem::path& folder) {
    Plan plan{.kernel = &manifest.kernel(options.kernel),
              .program = {},
              .disk = {manifest.disk, Disk::Writes::are_dropped},
              .stop = FirstStop::start};
    if (is_source_file(options.scenario)) {
        const auto own = build_own_program(manifest, options.scenario, folder, manifest.disk);
        plan.program = own.program;
        plan.disk = own.disk;
        plan.stop = FirstStop::fault;
    } else {
        plan.program = manifest.program(options.scenario);
        require_features(*plan.kernel, plan.program);
    }
    plan.stop = options.at_start ? FirstStop::start
                                 : first_stop(load_symbols(plan.program.file), plan.stop);
    warn_of_lost_arguments(*plan.kernel, options.arguments);
    return plan;
}

// Instructions are time here, too. But a machine that GDB has stopped looks idle to QEMU, and with
// sleep=off idle time is skipped, up to the next deadline: with no timer armed that is the end of
// all time, where QEMU goes round in circles.
const std::vector<std::string> PATIENT_TIME = {"-icount", "shift=0"};

std::vector<std::string> halted_machine(const DebugOptions& options, const Plan& plan,
                                        const std::filesystem::path& socket) {
    auto command = machine_command(*plan.kernel, options.guest.machine(), plan.disk,
                                   boot_line(plan.program, options.arguments));
    for (const auto& more :
         {PATIENT_TIME,
          {"-display", "none", "-monitor", "none", "-serial", "stdio", "-S", "-chardev",
           "socket,id=gdb,server=on,wait=off,path=" + option_value(socket), "-gdb", "chardev:gdb"}})
        command.insert(command.end(), more.begin(), more.end());
    return command;
}

// The programs that this one may run (it names os_exec, and the kernel has it), as far as their
// slots are theirs alone: of those that share one, a debugger could not tell which is meant.
std::vector<PlacedImage> programs_to_be_run(const Manifest& manifest, const Kernel& kernel,
                                            const Symbols& program) {
    if (!kernel.has("processes") || !program.find("os_exec"))
        return {};
    std::vector<PlacedImage> all;
    for (const auto& other : manifest.programs)
        if (other.file != program.file)
            all.push_back({"program", load_symbols(other.file)});
    const auto slot = [](const Symbols& symbols) { return slots_of(symbols.range).low; };
    std::vector<PlacedImage> alone;
    std::ranges::copy_if(all, std::back_inserter(alone), [&](const PlacedImage& one) {
        return slot(one.symbols) != slot(program) &&
               std::ranges::count_if(all, [&](const PlacedImage& other) {
                   return slot(other.symbols) == slot(one.symbols);
               }) == 1;
    });
    return alone;
}

Session session_of(const DebugOptions& options, const Manifest& manifest, const Plan& plan,
                   const std::filesystem::path& socket) {
    const auto& image = kernel_file(*plan.kernel, options.guest.machine().timer);
    auto images = load_images(*plan.kernel, image, plan.program.file);
    auto others = programs_to_be_run(manifest, *plan.kernel, images.back().symbols);
    return {.kernel = plan.kernel->name,
            .program = plan.program.name,
            .build = manifest.build,
            .images = std::move(images),
            .others = std::move(others),
            .source = Tree::here().top,
            .socket = socket,
            .stop = plan.stop};
}

void print_commands(const DebugOptions& options, const Manifest& manifest) {
    const auto plan = plan_of(options, manifest, folder_that_stays(manifest));
    const std::filesystem::path socket =
        "/tmp/faultline-" + std::to_string(getuid()) + "-" + options.kernel + ".gdb";
    std::vector<std::string> gdb = {"gdb-multiarch", "-q"};
    for (const auto& line : connect_commands(session_of(options, manifest, plan, socket)))
        gdb.insert(gdb.end(), {"-ex", line});
    std::printf("# in one terminal, which is the guest's (Ctrl-C ends it):\n%s\n# in another:\n"
                "%s\n",
                shell_line(halted_machine(options, plan, socket)).c_str(), shell_line(gdb).c_str());
}

std::filesystem::path socket_in(const Scratch& scratch) {
    auto socket = scratch.path() / "gdb";
    if (socket.string().size() >= sizeof sockaddr_un{}.sun_path)
        throw Failure(Exit::failed, "the path " + socket.string() + " is too long for a socket",
                      "Name a folder with a shorter path in TMPDIR, such as /tmp.");
    return socket;
}

// The guest's serial line, as a named pipe: QEMU reads at one end, whoever has something to type
// opens the other. Held open here, so that none waits for the other and the line never ends.
class SerialInput {
public:
    explicit SerialInput(const Scratch& scratch) : path_(scratch.path() / "keyboard") {
        if (mkfifo(path_.c_str(), 0600) == 0)
            descriptor_ = open(path_.c_str(), O_RDWR | O_CLOEXEC);
        if (descriptor_ < 0)
            throw Failure(Exit::failed, "cannot make the named pipe " + path_.string(),
                          "Name a folder on a local disk in TMPDIR, such as /tmp.");
    }
    ~SerialInput() { close(descriptor_); }
    SerialInput(const SerialInput&) = delete;
    SerialInput& operator=(const SerialInput&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
    int descriptor_ = -1;
};

// QEMU answers a command of its control protocol (QMP) once the machine stands. The debugger's
// socket is there before, when QEMU has not yet looked at the rest of its line.
class ControlSocket {
public:
    explicit ControlSocket(std::filesystem::path path)
        : path_(std::move(path)), descriptor_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
    ~ControlSocket() { close(descriptor_); }
    ControlSocket(const ControlSocket&) = delete;
    ControlSocket& operator=(const ControlSocket&) = delete;

    std::vector<std::string> options() const {
        return {"-qmp", "unix:" + option_value(path_) + ",server=on,wait=off"};
    }

    bool has_answered() {
        if (!is_connected_ && !ask())
            return false;
        std::array<char, 1024> piece{};
        const auto count = recv(descriptor_, piece.data(), piece.size(), MSG_DONTWAIT);
        if (count > 0)
            heard_.append(piece.data(), static_cast<std::size_t>(count));
        return heard_.find("\"return\"") != std::string::npos;
    }

private:
    bool ask() {
        constexpr std::string_view command = "{\"execute\": \"qmp_capabilities\"}\n";
        sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
        path_.string().copy(address.sun_path, sizeof address.sun_path - 1);
        is_connected_ =
            connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
            ::send(descriptor_, command.data(), command.size(), MSG_NOSIGNAL) > 0;
        return is_connected_;
    }

    std::filesystem::path path_;
    int descriptor_;
    bool is_connected_ = false;
    std::string heard_;
};

// Waits until the machine stands, or says why it does not.
void wait_for_machine(Process& qemu, ControlSocket& control, const std::filesystem::path& errors) {
    constexpr int SECONDS = 60; // on a machine that is very busy
    for (int i = 0; i < SECONDS * 50; ++i) {
        if (control.has_answered())
            return;
        if (const auto ended = qemu.poll()) {
            const auto words = std::filesystem::exists(errors) ? read_file(errors) : "";
            throw start_failure(start_problem(ended->status, words)
                                    .value_or(StartProblem{.no_plugins = false, .words = words}));
        }
        wait_for_event(std::chrono::milliseconds(20));
    }
    throw Failure(Exit::failed,
                  "QEMU did not get the machine ready within " + std::to_string(SECONDS) + " s",
                  "Try again; `./faultline doctor` checks QEMU.");
}

} // namespace

Exit debug(const DebugOptions& options) {
    const Manifest manifest = options.guest.manifest();
    if (options.print_command) {
        print_commands(options, manifest);
        return Exit::done;
    }
    if (!find_command("gdb-multiarch"))
        throw Failure(Exit::missing, "gdb-multiarch is not on this machine",
                      "Install it: apt-get install gdb-multiarch");
    const Scratch scratch;
    const Plan plan = plan_of(options, manifest, scratch.path());
    const auto socket = socket_in(scratch);
    const auto errors = scratch.path() / "errors";
    const auto script = scratch.path() / "script.gdb";
    const SerialInput keyboard(scratch);
    Session session = session_of(options, manifest, plan, socket);
    session.keyboard = keyboard.path();
    write_file(script, start_script(session));

    ControlSocket control(scratch.path() / "qmp");
    Launch machine{.command = halted_machine(options, plan, socket),
                   .input = keyboard.path(),
                   .errors = errors,
                   .group = Group::own};
    const auto more = control.options();
    machine.command.insert(machine.command.end(), more.begin(), more.end());
    const bool banner = options.firmware_banner && isatty(STDOUT_FILENO) != 0;
    Console console(banner ? Console::Banner::shown : Console::Banner::left_out,
                    Console::Keys::for_another);
    console.connect(machine);
    Process qemu(machine);
    wait_for_machine(qemu, control, errors);

    std::vector<std::string> gdb = {"gdb-multiarch", "-q"};
    const bool unattended = !options.gdb_commands.empty() || !options.batch.empty();
    if (unattended)
        gdb.emplace_back("-batch");
    gdb.insert(gdb.end(), {"-x", script.string()});
    if (!options.batch.empty())
        gdb.insert(gdb.end(), {"-x", std::filesystem::absolute(options.batch).string()});
    for (const auto& command : options.gdb_commands)
        gdb.insert(gdb.end(), {"-ex", command});
    const TerminalGuard terminal;
    Process debugger({.command = gdb});
    const Ended ended = console.attend(debugger);
    if (ended.signal != 0)
        throw Failure(Exit::failed,
                      "GDB was ended by signal " + std::to_string(ended.signal) +
                          "; QEMU is ended, too",
                      "The same command begins again.");
    return ended.status == 0 ? Exit::done : Exit::failed;
}

} // namespace faultline
