// Bring-up, as a list: what the SPIN kernel consists of, in the order in which it comes to life.
// SPDX-License-Identifier: MIT
//
// Before: hal_start in arch/riscv/start.cpp. Next: the program's strand.
#include "extension.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "arch/riscv/upcalls.hpp"

constinit Kernel kernel;

namespace {

// The kernel's own share is an eighth: tables, stacks, extensions' code and data.
void divide_memory(FrameRange all) {
    const Frame middle = all.first + all.count() / 8;
    const std::uint64_t lent = all.end - middle;
    const Frame first_own = all.first + Frames::tables_for(lent);
    kernel.frames.adopt({middle, all.end}, {all.first, first_own});
    kernel.memory.adopt({first_own, middle});
}

} // namespace

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    kernel.boot = boot;
    kernel.hart.id = boot.hart;
    adopt_hart(kernel.hart);
    csr::write_stvec(reinterpret_cast<std::uint64_t>(trap_vector));
    csr::make_sret_go_to_user();
    csr::enable_timer_interrupt();
    divide_memory(boot.free_frames);
    create_modules(kernel.modules);
    MUST(place_kernel_stacks()); // nearly all memory is free
    adopt_boot_strand(kernel.boot_strand);
    share_extension_tables();
    load_pager(load_first_strand());
    load_named_extensions();
    make_ready(*kernel.program);
    kernel.boot_strand.state = Strand::State::unused;
    leave_processor();
}
