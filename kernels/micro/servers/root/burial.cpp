// What becomes of a server that has broken, and of those who need it.
// SPDX-License-Identifier: MIT
//
// Before: heed in root.cpp, which has said who broke, where and why. Who called the server, or
// calls it from now on, gets no_process from the kernel, and goes on or not as it likes.
#include "kernels/micro/servers/console/client.hpp"
#include "kernels/micro/servers/root/system.hpp"

#include "kernels/micro/library/server.hpp"

#include "abi/machine_exit.hpp"
#include "lib/print.hpp"

namespace root {

namespace {

[[noreturn]] void give_up(std::string_view why) {
    micro::DebugConsole console;
    print(console, why, ": the machine ends\n");
    micro::end_machine(machine_exit::PROGRAM_FAULT);
}

} // namespace

void System::bury(std::uint64_t child) {
    if (!is_wired_ && child == UNIX)
        give_up("no program goes on without 'unix'");
    // Before the kernel lets go what was pinned for it.
    if (!is_wired_ && child == DISK && !devices_.reset())
        give_up("the device of 'disk' cannot be reset, and may write to any memory");
    micro::destroy_thread(Child(child).thread());
    // UNIX may be waiting for keys alone, of which there will be none.
    if (!is_wired_ && child == CONSOLE)
        static_cast<void>(micro::notify(Child(UNIX).thread(), console::KEYS));
}

} // namespace root
