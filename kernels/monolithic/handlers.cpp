// The program's own fault handler, entered as if the faulting instruction had called it.
// SPDX-License-Identifier: MIT
//
// Before: fault.cpp, entry.cpp. Next: the program's handler, which comes back by the call `resume`
// (calls/handlers.cpp); or the end of the process, in words.
#include "handlers.hpp"

#include "authority.hpp"
#include "kernel.hpp"

#include "abi/calls/memory.hpp"
#include "arch/riscv/console.hpp"
#include "lib/exception.hpp"
#include "services/exec/report.hpp"

namespace {

constexpr std::uint64_t STACK_ALIGNMENT = 16; // RISC-V psABI

// Pushes what happened on the program's stack and enters ENTRY with its address.
Result<void> enter_handler(Process& process, VirtAddr entry, std::uint64_t cause,
                           std::uint64_t value) {
    TrapFrame& frame = *process.frame;
    const abi::FaultContext context{frame.pc, frame.saved, cause, value};
    const std::uint64_t place = (frame.x(reg::SP) - sizeof(context)) & ~(STACK_ALIGNMENT - 1);
    TRY(write_out(process, place, context));
    frame.pc = entry.raw();
    frame.x(reg::SP) = place;
    frame.x(reg::A0) = place;
    return {};
}

// The number of a process, for a report; 0 for the first one, whose name is enough: so the words
// are those of the kernels that run one program.
std::uint64_t number_of(const Process& process) {
    constexpr std::uint64_t FIRST = 1;
    return process.id.raw() == FIRST ? 0 : process.id.raw();
}

bool was_delivered(Process& process, unix::FaultKind kind, std::uint64_t cause,
                   std::uint64_t value) {
    const std::optional<VirtAddr> entry = kernel.system.handler(process.index()).deliver(kind);
    return entry && enter_handler(process, *entry, cause, value);
}

} // namespace

void deliver_fault(Process& process, const Fault& fault, Error why) {
    const std::uint64_t cause = exception::page_fault_of(fault.access);
    if (was_delivered(process, unix::kind_of(why), cause, fault.address.raw()))
        return;
    Console console;
    exec::report_fault(console, kernel.system.name(process.index()), fault, why,
                       number_of(process));
    end_process(process, unix::ExitStatus::fault());
}

void deliver_exception(Process& process, std::uint64_t cause, std::uint64_t value) {
    if (was_delivered(process, unix::FaultKind::exception, cause, value))
        return;
    Console console;
    exec::report_exception(console, kernel.system.name(process.index()), exception::in_words(cause),
                           VirtAddr(process.frame->pc), value, number_of(process));
    end_process(process, unix::ExitStatus::fault());
}
