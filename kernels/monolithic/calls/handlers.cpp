// Calls about the program's own fault handler.
// SPDX-License-Identifier: MIT
#include "calls.hpp"

#include "kernels/monolithic/kernel.hpp"

#include "abi/address_map.h"
#include "abi/calls/memory.hpp"

namespace call {

Answer handler(Process& process, Arguments arguments) {
    if (arguments[0] >= USER_END)
        return std::unexpected(Error::bad_address);
    return kernel.system.handler(process.index()).set(VirtAddr(arguments[0])).raw();
}

// All that a program can put into a context it could put into its registers by itself; only the pc
// must be one of its own. The result is what a0 is to be.
Answer resume(Process& process, Arguments arguments) {
    const auto context = TRY(read_in<abi::FaultContext>(process, arguments[0]));
    if (context.pc >= USER_END)
        return std::unexpected(Error::bad_address);
    TRY(kernel.system.handler(process.index()).resume());
    process.frame->pc = context.pc;
    process.frame->saved = context.registers;
    return process.frame->x(reg::A0);
}

} // namespace call
