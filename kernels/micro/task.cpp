// How a thread ends. (How the first ones start: loader.cpp.)
// SPDX-License-Identifier: MIT
#include "task.hpp"

#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/machine.hpp"
#include "lib/exception.hpp"
#include "services/exec/report.hpp"

void end_thread(const Thread& thread, std::uint64_t status) {
    if (&thread == kernel.program)
        end_machine(machine_exit::of_program(status));
    Console console;
    print(console, "server '", thread.name, "' ended itself with status ", status, "\n");
    end_machine(machine_exit::PROGRAM_FAULT);
}

void end_by_fault(const Thread& thread, Error why) {
    Console console;
    exec::report_fault(console, thread.name, thread.fault, why);
    end_machine(machine_exit::PROGRAM_FAULT);
}

void end_by_exception(const Thread& thread, std::uint64_t cause, std::uint64_t value) {
    Console console;
    exec::report_exception(console, thread.name, exception::in_words(cause),
                           VirtAddr(thread.frame.pc), value);
    end_machine(machine_exit::PROGRAM_FAULT);
}
