// Events wake threads, kills end sleeps, the terminal's text goes to the serial line.
// SPDX-License-Identifier: MIT
//
// Before: services/unix, in the middle of another process's call or of a key. Next: back there.
// Where the thread had gone to sleep: call_wait in ../syscall.cpp.
#include "kernels/monolithic/kernel.hpp"
#include "kernels/monolithic/schedule.hpp"

#include "arch/riscv/console.hpp"

void UnixPlacement::wake(unix::Event event) { wake_all(kernel.events[event.number()]); }

void UnixPlacement::interrupt(unix::ProcessIndex index) {
    Process& process = kernel.processes[index.number()];
    process.must_end = true;
    wake_killed(process);
}

void UnixPlacement::put(std::string_view text) {
    RawConsole console;
    console.put(text);
}
