// Bring-up, as a list: what the SPIN kernel consists of, in the order in which it comes to life.
// SPDX-License-Identifier: MIT
//
// Before: hal_start in arch/riscv/start.cpp. Next: the scheduler in schedule.cpp, which never
// returns. The extension comes before the first address space, which shares its mapping.
#include "core.hpp"
#include "extension.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "arch/riscv/upcalls.hpp"

constinit Kernel kernel;

extern "C" const link::Export spin_public[], spin_public_end[]; // exports.S

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    kernel.boot = boot;
    kernel.hart.id = boot.hart;
    adopt_hart(kernel.hart);
    csr::write_stvec(reinterpret_cast<std::uint64_t>(trap_vector));
    csr::make_sret_go_to_user();
    csr::enable_timer_interrupt();
    kernel.frames.adopt(boot.free_frames);
    kernel.core = Domain::create_from_module("SpinPublic", {spin_public, spin_public_end});
    install_core_services();
    kernel.program.name = argument(boot.arguments, "program");
    load_pager();
    start_pager(load_first_strand());
    run_scheduler();
}
