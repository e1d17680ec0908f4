// Sleeping in wfi.
// SPDX-License-Identifier: MIT
#include "arch/riscv/idle.hpp"

#include "arch/riscv/csr.hpp"

extern "C" [[gnu::noipa]] void idle_until_interrupt() {
    while ((csr::read_sip() & csr::read_sie()) == 0)
        csr::wait_for_interrupt();
}
