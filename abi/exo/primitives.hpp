// The exokernel's primitives: number in a7, arguments in a0.., answer in a0 and a1.
// SPDX-License-Identifier: MIT
//
// A negative a0 is an abi::ErrorNumber, negated. ra, sp, gp, tp and s0..s11 are kept; every other
// register is cleared, so that nothing of the kernel's (its key least of all) stays in one. Frames
// and pages go by their physical and virtual names; nothing is allocated that was not asked for.
#pragma once

#include "abi/exo/layout.h"

#include <cstddef>
#include <cstdint>

namespace abi::exo {

enum class Primitive : std::uint64_t {
    allocate = 1,   // (frame number): the capability for that frame, in a0 and a1
    deallocate = 2, // (capability): the frame is nobody's; all its capabilities are stale
    bind =
        3, // (capability, slot): checks it once; the slot of the binding table stands for it then
    unbind = 4,  // (slot): not while the slot's frame is mapped
    install = 5, // (slot, page's address, installed_for()): page -> frame, as far as the binding's
                 // rights go, whatever stood there
    remove = 6,  // (page's address): takes that translation away
    write_console = 7,         // (address, bytes): to the console
    set_exception_context = 8, // (entry): where exceptions go from now on
    sleep_until = 9,           // (time): gives its time away until then; all ones: for ever
    exit = 10,                 // (status): does not return
    end_by_fault = 11,         // (): the same, for an exception that the library OS could not mend
};
static_assert(static_cast<std::uint64_t>(Primitive::end_by_fault) + 1 == EXO_PRIMITIVES);

// Slots of an environment's binding table.
inline constexpr std::size_t BINDINGS = 2048;

// For `install`: rights, and the access that asks for the page, which the page table notes as the
// machine would. All are sums of 1 (read), 2 (write) and 4 (execute); an access of 0 is a read.
constexpr std::uint64_t installed_for(std::uint64_t rights, std::uint64_t access) {
    return rights | access << 8;
}

// A self-authenticating capability: whoever holds these two words holds the right.
struct Capability {
    std::uint64_t name;          // what it is for; drawn in kernels/exo/capability.hpp
    std::uint64_t authenticator; // the kernel's seal over it
};

// In which a primitive answers.
struct ReturnRegisters {
    std::uint64_t first;      // a0
    std::uint64_t second = 0; // a1
};

} // namespace abi::exo
