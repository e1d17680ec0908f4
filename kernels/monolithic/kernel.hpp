// The monolithic kernel's state, in one struct.
// SPDX-License-Identifier: MIT
//
// Everything that the system manages is the kernel's and lies in its address space: a service is a
// function call away from every other. boot.cpp fills it in; every other file finds it through
// `kernel`.
#pragma once

#include "frames.hpp"
#include "task.hpp"

#include "arch/riscv/boot_info.hpp"
#include "arch/riscv/context.hpp"

struct KernelHart : Hart {
    Process* running = nullptr;
    KernelContext scheduler;
};

struct Kernel {
    BootInfo boot;
    Frames frames;
    KernelHart hart; // the one that was started; others wait in the firmware
    Process program; // the one that the machine was asked to run
};

extern Kernel kernel;

inline KernelHart& this_kernel_hart() { return static_cast<KernelHart&>(this_hart()); }
inline Process& running_process() { return *this_kernel_hart().running; }
