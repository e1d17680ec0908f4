// The monolithic kernel's state, in one struct.
// SPDX-License-Identifier: MIT
//
// Everything that the system manages is the kernel's and lies in its address space: a service is a
// function call away from every other. boot.cpp fills it in; every other file finds it through
// `kernel`.
#pragma once

#include "clock.hpp"
#include "task.hpp"

#include "arch/riscv/boot_info.hpp"
#include "services/vm/memory.hpp"

#include <array>

struct KernelHart : Hart {
    Thread* running = nullptr;
    std::uint64_t since = 0; // when its turn began, in ticks of `time`
};

struct Kernel {
    BootInfo boot;
    vm::Memory memory;
    std::array<vm::Space, SPACE_COUNT> spaces;
    KernelHart hart; // the one that was started; others wait in the firmware
    WaitQueue ready;
    Clock clock;
    std::uint64_t context_switches = 0;
    Thread boot_thread; // that brings the system up, on the boot stack
    std::array<Process, PROCESS_COUNT> processes;
};

extern Kernel kernel;

inline KernelHart& this_kernel_hart() { return static_cast<KernelHart&>(this_hart()); }
inline Thread& running_thread() { return *this_kernel_hart().running; }
// Traps come from processes only.
inline Process& running_process() { return static_cast<Process&>(running_thread()); }
