// Between the kernel and a program's own fault handler, where calls go by number.
// SPDX-License-Identifier: MIT
//
// The kernel is told of one entry, enter_fault_handler (fault_entry.S). When a fault would end the
// process, it pushes an abi::FaultContext on the program's stack and continues here, with the
// context's address in a0. Next: the program's handler; and when that returns, the kernel again,
// which takes the registers from the context.
#include "system_call.hpp"

#include "lib/panic.hpp"
#include "user/lib/calls.hpp"

#include <cstddef>

namespace {

using Handler = void (*)(abi::FaultContext&);

// The program's own. Data of the library's are each process's own, too.
constinit Handler handler_of_program = nullptr;

} // namespace

// fault_entry.S walks it for debuggers.
static_assert(offsetof(abi::FaultContext, pc) == 0 && offsetof(abi::FaultContext, registers) == 8);

extern "C" {

void enter_fault_handler();

[[noreturn]] void run_fault_handler(abi::FaultContext& context) {
    handler_of_program(context);
    os_resume(&context);
    // The kernel refuses a context only if the handler spoilt it.
    panic("the fault handler left a context that the kernel refuses\n");
}

std::int64_t os_handler(Handler handler) {
    handler_of_program = handler;
    const std::uint64_t entry =
        handler == nullptr ? 0 : reinterpret_cast<std::uint64_t>(enter_fault_handler);
    const std::int64_t before = system_call(abi::SystemCall::handler, entry);
    return before < 0 ? before : 0;
}

} // extern "C"
