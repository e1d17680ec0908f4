// `faultline debug`: QEMU and GDB, stopped at the faulting instruction.
// SPDX-License-Identifier: MIT
//
// QEMU waits on a socket in a private folder; GDB gets the terminal and a generated script. When
// GDB ends, QEMU ends. The reader's own .gdbinit is neither read differently nor written.
#include "commands.hpp"
#include "gdb_script.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "visible.hpp"

#include <cstdio>
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

// Waits until QEMU listens, or says why it does not.
void wait_for_socket(Process& qemu, const std::filesystem::path& socket,
                     const std::filesystem::path& errors) {
    for (int i = 0; i < 300 && !std::filesystem::exists(socket); ++i) {
        if (const auto ended = qemu.poll())
            throw Failure(
                Exit::failed,
                "QEMU refused to start:\n" +
                    last_lines(std::filesystem::exists(errors) ? read_file(errors) : "", 8),
                "`./faultline doctor` checks QEMU.");
        wait_for_event(std::chrono::milliseconds(20));
    }
    if (!std::filesystem::exists(socket))
        throw Failure(Exit::failed, "QEMU did not open its debugger socket within 6 s",
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

    Process qemu({.command = halted_machine(options, manifest, socket),
                  .input = "/dev/null",
                  .errors = errors,
                  .group = Group::own});
    wait_for_socket(qemu, socket, errors);

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
    const Ended ended = wait_for(debugger, Keyboard::is_for_the_child);
    return ended.status == 0 && ended.signal == 0 ? Exit::done : Exit::failed;
}

} // namespace faultline
