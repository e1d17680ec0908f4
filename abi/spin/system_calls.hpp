// The SPIN kernel's system calls: number in a7, arguments in a0.., result in a0.
// SPDX-License-Identifier: MIT
//
// The kernel knows only that an ecall raises Trap.SystemCall; guards choose the handler by this
// number, so who carries a call out is a matter of what is installed. All registers but a0 are
// kept. A negative result is an abi::ErrorNumber, negated.
#pragma once

#include <cstdint>

namespace abi::spin {

enum class SystemCall : std::uint64_t {
    // Handled by the kernel's core services.
    exit = 1,   // (status): does not return
    write = 2,  // (descriptor, address, bytes): bytes written; descriptors 1 and 2 are the console
    sleep = 3,  // (ticks): 0, after at least so many ticks of `time`; all ones: for ever
    uptime = 4, // (): ticks of `time` since the machine started
    // Handled by the extension that pages the program.
    sbrk = 16, // (bytes): the heap's old end; it grows by that much
};

} // namespace abi::spin
