// The timer through the firmware: the CLINT's comparator belongs to M-mode.
// SPDX-License-Identifier: MIT
//
// An expired comparator interrupts M-mode, where OpenSBI raises sip.STIP; setting a new deadline
// clears it.
#include "arch/riscv/csr.hpp"
#include "arch/riscv/sbi.hpp"
#include "arch/riscv/timer.hpp"

namespace timer {

std::uint64_t now() { return csr::read_time(); }

void arm(std::uint64_t deadline) { sbi::set_timer(deadline); }

} // namespace timer
