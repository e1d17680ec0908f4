// The first process of a machine that people use: opens the console and keeps a shell on it.
// SPDX-License-Identifier: MIT
//
// Before: the kernel, when no program was named for it to run. Next: the shell. Orphans become
// children of this process, which forgets them when they end; one with HALT_STATUS asks for the end
// of the machine, which ends with its first process.
#include "user/lib/halt.hpp"
#include "user/lib/message.hpp"
#include "user/lib/os.hpp"

namespace {

constexpr std::string_view CONSOLE = "/dev/console";

// Input, output, error: the three lowest descriptors. Where the disk has no console yet, one is
// made.
bool open_console() {
    if (os::open(CONSOLE, os::READ_WRITE) != os::INPUT) {
        os::mkdir("/dev");
        os::mknod(CONSOLE, abi::device::CONSOLE, 0);
        if (os::open(CONSOLE, os::READ_WRITE) != os::INPUT)
            return false;
    }
    const std::int64_t output = os::dup(os::INPUT);
    const std::int64_t errors = os::dup(os::INPUT);
    return output == os::OUTPUT && errors == os::ERROR;
}

std::int64_t start_shell() {
    const std::int64_t child = os::fork();
    if (child != 0)
        return child;
    os::group(0, 0);
    const std::array<std::string_view, 1> words{"sh"};
    const std::int64_t error = os::exec("/bin/sh", words);
    os::report("init: /bin/sh: ", os::words(error));
    os::exit(1);
}

void halt() {
    const std::int64_t error = os::sync();
    if (error < 0)
        os::report("init: the disk: ", os::words(error));
    os::exit(error < 0 ? 1 : 0);
}

// Until SHELL ends: its status.
std::int64_t wait_for(std::int64_t shell) {
    for (;;) {
        std::int64_t status = 0;
        const std::int64_t ended = os::wait(status);
        if (ended == shell)
            return status;
        if (ended < 0)
            return ended;
        if (status == os::HALT_STATUS)
            halt();
    }
}

} // namespace

int main() {
    if (!open_console())
        return 1;
    os::write("Faultline. `help` lists what there is, `halt` switches off, Ctrl-A X ends QEMU.\n");
    for (;;) {
        const std::int64_t shell = start_shell();
        if (shell < 0) {
            os::report("init: cannot start a shell: ", os::words(shell));
            return 1;
        }
        wait_for(shell);
        os::write("init: the shell has ended; here is another one\n");
        // One that ends at once, again and again, leaves the others some time.
        os::sleep(100 * os::TICKS_PER_MILLISECOND);
    }
}
