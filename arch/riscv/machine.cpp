// The test device of QEMU's virt machine, and the panic that ends in it.
// SPDX-License-Identifier: MIT
#include "arch/riscv/machine.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/csr.hpp"
#include "arch/riscv/direct_map.hpp"
#include "lib/panic.hpp"
#include "lib/print.hpp"

namespace {
// There is one machine, whatever number of kernels look at it.
constinit PhysAddr test_device;
constexpr std::uint32_t COMMAND_FAIL = 0x3333; // with the code in the upper half
} // namespace

void set_test_device(PhysAddr device) { test_device = device; }

void end_machine(std::uint8_t code) {
    auto* command = reinterpret_cast<volatile std::uint32_t*>(direct_map(test_device).raw());
    *command = static_cast<std::uint32_t>(code) << 16 | COMMAND_FAIL;
    for (;;)
        csr::wait_for_interrupt();
}

void panic(std::string_view why) {
    Console console;
    print(console, "kernel panic: ", why, "\n");
    end_machine(machine_exit::KERNEL_PANIC);
}

void kernel_trap() {
    Console console;
    print(console, "trap in the kernel: scause ", hex(csr::read_scause()), ", sepc ",
          hex(csr::read_sepc()), ", stval ", hex(csr::read_stval()), "\n");
    panic("a trap from kernel mode");
}
