// `faultline debug`: QEMU and GDB, stopped at the faulting instruction.
// SPDX-License-Identifier: MIT
//
// QEMU waits on a socket in a private folder; GDB gets the terminal and a generated script. When
// GDB ends, QEMU ends. The reader's own .gdbinit is neither read differently nor written.
#include "commands.hpp"
#include "console.hpp"
#include "gdb_script.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "visible.hpp"

#include <array>
#include <cstdio>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace faultline {

namespace {

std::vector<std::string> halted_machine(const DebugOptions& options, const Manifest& manifest,
                                        const std::filesystem::path& socket) {
    const Kernel& kernel = manifest.kernel(options.kernel);
    auto command =
        machine_command(kernel, options.guest.machine(), {manifest.disk, Disk::Writes::are_dropped},
                        boot_line(manifest.program(options.scenario)));
    for (const auto& more :
         {exact_time(kernel),
          {"-display", "none", "-monitor", "none", "-serial", "stdio", "-S", "-chardev",
           "socket,id=gdb,server=on,wait=off,path=" + option_value(socket), "-gdb", "chardev:gdb"}})
        command.insert(command.end(), more.begin(), more.end());
    return command;
}

Session session_of(const DebugOptions& options, const Manifest& manifest,
                   const std::filesystem::path& socket) {
    const Kernel& kernel = manifest.kernel(options.kernel);
    const auto& image = kernel_file(kernel, options.guest.machine().timer);
    return {.kernel = kernel.name,
            .program = options.scenario,
            .images = load_images(kernel, image, manifest.program(options.scenario).file),
            .source = Tree::here().top,
            .socket = socket};
}

void print_commands(const DebugOptions& options, const Manifest& manifest) {
    const std::filesystem::path socket =
        "/tmp/faultline-" + std::to_string(getuid()) + "-" + options.kernel + ".gdb";
    std::vector<std::string> gdb = {"gdb-multiarch", "-q"};
    for (const auto& line : connect_commands(session_of(options, manifest, socket)))
        gdb.insert(gdb.end(), {"-ex", line});
    std::printf("# in one terminal (Ctrl-C ends it):\n%s\n# in another:\n%s\n",
                shell_line(halted_machine(options, manifest, socket)).c_str(),
                shell_line(gdb).c_str());
}

std::filesystem::path socket_in(const Scratch& scratch) {
    auto socket = scratch.path() / "gdb";
    if (socket.string().size() >= sizeof sockaddr_un{}.sun_path)
        throw Failure(Exit::failed, "the path " + socket.string() + " is too long for a socket",
                      "Name a folder with a shorter path in TMPDIR, such as /tmp.");
    return socket;
}

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
    require_features(manifest.kernel(options.kernel), manifest.program(options.scenario));
    if (options.print_command) {
        print_commands(options, manifest);
        return Exit::done;
    }
    if (!find_command("gdb-multiarch"))
        throw Failure(Exit::missing, "gdb-multiarch is not on this machine",
                      "Install it: apt-get install gdb-multiarch");
    const Scratch scratch;
    const auto socket = socket_in(scratch);
    const auto errors = scratch.path() / "errors";
    const auto script = scratch.path() / "script.gdb";
    write_file(script, start_script(session_of(options, manifest, socket)));

    ControlSocket control(scratch.path() / "qmp");
    Launch machine{.command = halted_machine(options, manifest, socket),
                   .input = "/dev/null",
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
    Process debugger({.command = gdb});
    const Ended ended = console.attend(debugger);
    return ended.status == 0 && ended.signal == 0 ? Exit::done : Exit::failed;
}

} // namespace faultline
