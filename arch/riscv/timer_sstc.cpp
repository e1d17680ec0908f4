// The timer by the Sstc extension: S-mode has a comparator of its own, no visit to M-mode.
// SPDX-License-Identifier: MIT
//
// RISC-V "stimecmp / vstimecmp" Extension v1.0: sip.STIP is pending while time >= stimecmp.
#include "arch/riscv/csr.hpp"
#include "arch/riscv/timer.hpp"

namespace timer {

std::uint64_t now() { return csr::read_time(); }

void arm(std::uint64_t deadline) {
    asm volatile("csrw 0x14d, %0" ::"r"(deadline)); // stimecmp, by number: GCC 12 lacks its name
}

} // namespace timer
