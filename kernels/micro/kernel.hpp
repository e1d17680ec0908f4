// The microkernel's state, in one struct.
// SPDX-License-Identifier: MIT
//
// Threads and a small reserve of frames for page tables; everything else is a server's. boot.cpp
// fills it in; every other file finds it through `kernel`.
#pragma once

#include "frames.hpp"
#include "layout.h"
#include "queues.hpp"
#include "task.hpp"

#include "arch/riscv/boot_info.hpp"

#include <cstddef>

// The hart's kernel stack grows down from right below its state, so that tp finds both.
struct alignas(16) KernelHart : Hart {
    Thread* running = nullptr;
};
// Its one member follows the hart's own.
static_assert(sizeof(Hart) == HART_RUNNING && sizeof(KernelHart) == 2 * HART_RUNNING);
static_assert(offsetof(Thread, frame) == 0);

struct KernelHartArea {
    std::array<std::byte, 8192> stack{};
    KernelHart hart;
};

struct Kernel {
    static constexpr std::size_t MAX_THREADS = 96;

    BootInfo boot;
    KernelFrames frames;
    KernelHartArea hart_area; // of the hart that was started; others wait in the firmware
    std::array<Thread, MAX_THREADS> threads;
    ReadyQueue ready;
    Deadlines deadlines;
    // Of the turn, in ticks of `time`; NEVER: nobody stood in line when that was last asked.
    std::uint64_t end_of_turn = timer::NEVER;
    Thread* program = nullptr; // the one that the machine was asked to run
};

extern Kernel kernel;

inline KernelHart& this_kernel_hart() { return static_cast<KernelHart&>(this_hart()); }
inline Thread& running_thread() { return *this_kernel_hart().running; }
