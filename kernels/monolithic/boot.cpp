// Bring-up, as a list: what the monolithic kernel consists of, as it comes to life.
// SPDX-License-Identifier: MIT
//
// Before: hal_start in arch/riscv/start.cpp. Next: process 1; what ran here becomes the page-out
// daemon (placement/memory.cpp). Each step may wait for the disk already.
#include "devices.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/machine.hpp"
#include "arch/riscv/upcalls.hpp"
#include "lib/print.hpp"
#include "services/calls/boot.hpp"
#include "services/calls/lives.hpp"

constinit Kernel kernel;

namespace {

constexpr std::uint64_t CACHED_BLOCKS = 256; // of the file system: 1 MiB
constexpr std::uint64_t INODES_IN_USE = 128;

// Says why the system cannot start, and ends the machine.
template <class... Parts>
[[noreturn]] void refuse(const Parts&... why) {
    Console console;
    print(console, "cannot start: ", why..., "\n");
    end_machine(machine_exit::CANNOT_LOAD);
}

template <class R>
void require(const R& step, std::string_view what) {
    if (!step)
        refuse(what, ": ", to_words(step.error()));
}

void take_charge(const BootInfo& boot) {
    kernel.boot = boot;
    kernel.hart.id = boot.hart;
    adopt_hart(kernel.hart);
    csr::write_stvec(reinterpret_cast<std::uint64_t>(trap_vector));
    csr::make_sret_go_to_user();
    csr::enable_timer_interrupt();
    kernel.memory.frames.adopt(boot.free_frames);
}

void start_disk() {
    if (const auto started = kernel.disk.start(); !started)
        refuse(started.error());
    enable_device_interrupts();
}

void mount_files() {
    Frames& frames = kernel.memory.frames;
    const auto buffers = take_table<std::byte>(frames, CACHED_BLOCKS * PAGE_SIZE);
    const auto records = take_table<fs::BufferRecord>(frames, CACHED_BLOCKS);
    const auto inodes = take_table<fs::InodeRecord>(frames, INODES_IN_USE);
    const auto pipes = take_table<std::byte>(frames, unix::PIPES * unix::Pipes::BYTES);
    if (!buffers || !records || !inodes || !pipes)
        refuse("there is too little memory");
    require(kernel.file_system.mount(
                {.buffers = *buffers, .buffer_records = *records, .inodes = *inodes}),
            "no file system on the disk");
    kernel.system.set_up(*pipes);
    require(place_kernel_stacks(frames), "kernel stacks");
}

} // namespace

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    take_charge(boot);
    const auto configuration = call::configuration_asked_for(boot.arguments);
    if (!configuration)
        end_machine(machine_exit::CANNOT_LOAD);
    kernel.scheduler.choose(configuration->scheduler);
    adopt_boot_thread(kernel.boot_thread);
    start_disk();
    mount_files();
    require(place_memory(configuration->memory), "memory");
    require(call::find_library(), "/lib/monolithic/library");
    if (!call::start_program(boot.arguments))
        end_machine(machine_exit::CANNOT_LOAD);
    page_out_daemon();
}
