// Bring-up, as a list: what the SPIN kernel consists of, in the order in which it comes to life.
// SPDX-License-Identifier: MIT
//
// Before: hal_start in arch/riscv/start.cpp. Next: the personality's extensions start, then the
// strands of programs run.
#include "devices.hpp"
#include "extension.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/machine.hpp"
#include "arch/riscv/upcalls.hpp"
#include "lib/print.hpp"

constinit Kernel kernel;

namespace {

constexpr std::string_view UNIX = "unix";

// The kernel's own share: 4 MiB (stacks, extensions' code and data, tables of the first processes)
// and an eighth of the rest. Where there is not that much, half.
void divide_memory(FrameRange all) {
    constexpr std::uint64_t AT_LEAST = 1024;
    const std::uint64_t count = all.count();
    const std::uint64_t own = count > 2 * AT_LEAST ? AT_LEAST + (count - AT_LEAST) / 8 : count / 2;
    const Frame middle = all.first + own;
    const std::uint64_t lent = all.end - middle;
    const Frame first_own = all.first + Frames::tables_for(lent);
    kernel.frames.adopt({middle, all.end}, {all.first, first_own});
    kernel.memory.adopt({first_own, middle});
}

void take_charge(const BootInfo& boot) {
    kernel.boot = boot;
    kernel.hart.id = boot.hart;
    adopt_hart(kernel.hart);
    csr::write_stvec(reinterpret_cast<std::uint64_t>(trap_vector));
    csr::make_sret_go_to_user();
    csr::enable_timer_interrupt();
    divide_memory(boot.free_frames);
}

// Without a disk there is no UNIX.
void start_disk() {
    const auto started = kernel.disk.start();
    if (!started) {
        Console console;
        print(console, "cannot start: ", started.error(), "\n");
        end_machine(machine_exit::CANNOT_LOAD);
    }
    start_interrupt_controller();
    enable_disk_interrupt();
}

// The boot word `personality=NAME`.
void load_personality() {
    const std::string_view named = argument(kernel.boot.arguments, "personality");
    if (!named.empty() && named != UNIX)
        return load_for_wired_program(named);
    start_disk();
    load_unix();
}

} // namespace

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    take_charge(boot);
    create_modules(kernel.modules);
    MUST(place_kernel_stacks()); // nearly all memory is free
    adopt_boot_strand(kernel.boot_strand);
    share_extension_tables();
    MUST(kernel.frames.show_records()); // nearly all memory is free
    load_personality();
    load_named_extensions();
    if (kernel.program != nullptr)
        make_ready(*kernel.program);
    kernel.boot_strand.state = Strand::State::unused;
    leave_processor();
}
