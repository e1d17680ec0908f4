// The program's own fault handler, entered as if the faulting instruction had called it.
// SPDX-License-Identifier: MIT
//
// Before: a kernel's road of a fault or exception, where nobody else could mend it. Next: the
// program's handler, which comes back by the call `resume`; or the end of the process, in words.
#include "services/calls/bytes.hpp"
#include "services/calls/calls.hpp"
#include "services/calls/lives.hpp"

#include "abi/address_map.h"
#include "lib/exception.hpp"
#include "services/exec/report.hpp"

namespace call {

namespace {

constexpr std::uint64_t STACK_ALIGNMENT = 16; // RISC-V psABI
constexpr std::size_t SP = 1;                 // of abi::FaultContext::registers: x2
constexpr std::size_t A0 = 9;                 // x10

// Pushes what happened on the program's stack and enters ENTRY with its address.
Result<void> enter_handler(Caller& caller, VirtAddr entry, std::uint64_t cause,
                           std::uint64_t value) {
    abi::FaultContext context{};
    world::threads.save(caller, context);
    context.cause = cause;
    context.address = value;
    const std::uint64_t top = context.registers[SP] - sizeof(context);
    const std::uint64_t place = top & ~(STACK_ALIGNMENT - 1);
    TRY(write_out(caller, place, context));
    context.pc = entry.raw();
    context.registers[SP] = context.registers[A0] = place;
    world::threads.restore(caller, context);
    return {};
}

bool was_delivered(Caller& caller, unix::FaultKind kind, std::uint64_t cause, std::uint64_t value) {
    const std::optional<VirtAddr> entry = world::system.handler(caller.index()).deliver(kind);
    return entry && enter_handler(caller, *entry, cause, value);
}

// The number of a process, for a report; 0 for the first one, whose name is enough: so the words
// are those of the kernels that run one program.
std::uint64_t number_of(const Caller& caller) {
    constexpr std::uint64_t FIRST = 1;
    const unix::ProcessId its_id = caller.id;
    return its_id.raw() == FIRST ? 0 : its_id.raw();
}

} // namespace

void deliver_fault(Caller& caller, const Fault& fault, Error why) {
    const std::uint64_t cause = exception::page_fault_of(fault.access);
    if (was_delivered(caller, unix::kind_of(why), cause, fault.address.raw()))
        return;
    world::Console console{};
    exec::report_fault(console, world::system.name(caller.index()), fault, why, number_of(caller));
    end_process(caller, unix::ExitStatus::fault());
}

void deliver_exception(Caller& caller, std::uint64_t cause, std::uint64_t value) {
    if (was_delivered(caller, unix::FaultKind::exception, cause, value))
        return;
    abi::FaultContext context{};
    world::threads.save(caller, context);
    world::Console console{};
    exec::report_exception(console, world::system.name(caller.index()), exception::in_words(cause),
                           VirtAddr(context.pc), value, number_of(caller));
    end_process(caller, unix::ExitStatus::fault());
}

Answer handler(Caller& caller, Request request) {
    if (request.argument(0) >= USER_END)
        return std::unexpected(Error::bad_address);
    unix::FaultHandler& handler = world::system.handler(caller.index());
    return Answer::of(handler.set(VirtAddr(request.argument(0))).raw());
}

// All that a program can put into a context it could put into its registers by itself; only the pc
// must be one of its own. The answer is what a0 is to be.
Answer resume(Caller& caller, Request request) {
    const auto context = TRY(read_in<abi::FaultContext>(caller, request.argument(0)));
    if (context.pc >= USER_END)
        return std::unexpected(Error::bad_address);
    TRY(world::system.handler(caller.index()).resume());
    world::threads.restore(caller, context);
    return Answer::of(context.registers[A0]);
}

} // namespace call
