// System calls by number (monolithic, SPIN): number in a7, arguments in a0.., result in a0.
// SPDX-License-Identifier: MIT
//
// All registers but a0 are kept. A negative result is an abi::ErrorNumber, negated. Who carries a
// call out is structure: a function of the kernel's, or whichever handler's guard holds for the
// number.
#pragma once

#include <cstdint>

namespace abi {

enum class SystemCall : std::uint64_t {
    exit = 1,   // (status): does not return
    write = 2,  // (descriptor, address, bytes): bytes written; descriptors 1 and 2 are the console
    sbrk = 3,   // (bytes): the heap's old end; it grows by that much
    sleep = 4,  // (ticks): 0, after at least so many ticks of `time`; all ones: for ever
    uptime = 5, // (): ticks of `time` since the machine started
};

} // namespace abi
