// The test device of QEMU's virt machine, and the panic that ends in it.
// SPDX-License-Identifier: MIT
#include "arch/riscv/machine.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/csr.hpp"
#include "arch/riscv/direct_map.hpp"
#include "arch/riscv/kernel_map.hpp"
#include "arch/riscv/kernel_stack_area.hpp"
#include "lib/exception.hpp"
#include "lib/panic.hpp"
#include "lib/print.hpp"

#include <utility>

namespace {
// There is one machine, whatever number of kernels look at it.
constinit PhysAddr test_device;
constinit bool reporting_trap = false;
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

void kernel_trap(VirtAddr stack) {
    if (std::exchange(reporting_trap, true)) // the report itself trapped
        end_machine(machine_exit::KERNEL_PANIC);
    Console console;
    const VirtAddr value(csr::read_stval());
    print(console, "trap in the kernel: ", exception::in_words(csr::read_scause()), ", scause ",
          hex(csr::read_scause()), ", sepc ", hex(csr::read_sepc()), ", stval ", hex(value),
          ", sp ", hex(stack), "\n");
    if (const std::optional<unsigned> index = kernel_stack_guarded_at(value))
        print(console, "kernel stack ", *index, " overflowed\n");
    else if (Page::containing(value) == boot_stack_guard_page())
        print(console, "the boot stack overflowed\n");
    panic("a trap from kernel mode");
}
