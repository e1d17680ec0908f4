// The monolithic kernel's state, in one struct.
// SPDX-License-Identifier: MIT
//
// Everything that the system manages is the kernel's and lies in its address space: a service is a
// function call away from every other. boot.cpp fills it in; every other file finds it through
// `kernel`.
#pragma once

#include "placement/memory.hpp"
#include "placement/unix_placement.hpp"
#include "task.hpp"
#include "threads/clock.hpp"

#include "arch/riscv/boot_info.hpp"
#include "arch/riscv/plic.hpp"
#include "services/calls/exec.hpp"
#include "services/sched/scheduler.hpp"

#include <array>

struct KernelHart : Hart {
    Thread* running = nullptr;
    std::uint64_t since = 0; // when its turn began, in ticks of `time`
};

struct Kernel {
    BootInfo boot;
    KernelHart hart; // the one that was started; others wait in the firmware
    Plic plic;

    sched::Scheduler scheduler;
    std::uint64_t ready = 0; // threads that could run, the running one counted
    Clock clock;
    std::uint64_t context_switches = 0;
    Thread boot_thread; // brings the system up, on the boot stack; then it is the page-out daemon

    MemoryLock memory_lock;
    vm::Memory memory;
    SharedMemory shared_memory{memory, memory_lock}; // for whoever does not hold the lock already
    std::array<vm::Space, SPACE_COUNT> spaces;
    WaitQueue page_out_wanted;

    Disk disk;
    SleepingLock files_lock;
    FileSystem file_system{disk};
    Files files{file_system, files_lock};

    UnixPlacement unix_placement;
    UnixSystem system{files, unix_placement};
    std::array<WaitQueue, unix::Event::COUNT> events; // by number
    std::array<Process, unix::PROCESSES> processes;   // by index
    call::Exec exec;
};

extern Kernel kernel;

inline KernelHart& this_kernel_hart() { return static_cast<KernelHart&>(this_hart()); }
inline Thread& running_thread() { return *this_kernel_hart().running; }
// Traps come from processes only.
inline Process& running_process() { return static_cast<Process&>(running_thread()); }

inline vm::Memory& PageOut::memory() { return kernel.memory; }
