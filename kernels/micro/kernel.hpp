// All the kernel's state, in one place.
// SPDX-License-Identifier: MIT
//
// Threads, spaces, and what is known of frames; everything else is a server's. boot.cpp fills it
// in; every other file finds it through `kernel`.
#pragma once

#include "frames.hpp"
#include "layout.h"
#include "queues.hpp"
#include "task.hpp"

#include "arch/riscv/boot_info.hpp"
#include "arch/riscv/plic.hpp"

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
    static constexpr std::size_t MAX_SPACES = 104; // one a thread, and those that are being built
    static constexpr std::size_t MAX_CREATORS = 4; // threads with many slots
    static constexpr std::size_t MAX_INTERRUPTS = 64;
    static constexpr std::size_t MAX_PINS = 8;

    // A frame that a device may reach.
    struct Pin {
        std::uint64_t by = abi::micro::NOBODY; // a thread's token; it may have ended
        Frame frame;
    };

    BootInfo boot;
    KernelFrames frames;
    KernelHartArea hart_area; // of the hart that was started; others wait in the firmware
    std::array<Thread, MAX_THREADS> threads;
    std::array<Space, MAX_SPACES> spaces;
    Space no_space; // of threads that are in none: the kernel's half alone
    std::array<ManyCapabilities, MAX_CREATORS> many;
    std::array<Thread*, MAX_CREATORS> creators{}; // who has which of `many`
    ReadyQueues ready;
    Deadlines deadlines;
    // Of the turn, in ticks of `time`; NEVER: nobody stood in line when that was last asked.
    std::uint64_t end_of_turn = timer::NEVER;
    Thread* first_with_turn = nullptr; // of those that have one of a scheduler of theirs
    Thread* turn_of = nullptr;         // who was scheduled last; direct switches give its time away
    std::uint64_t turn_began = 0;      // in ticks of `time`
    Plic plic;
    std::array<Thread*, MAX_INTERRUPTS> interrupts{}; // by source: whose notice it is
    std::array<std::uint64_t, MAX_INTERRUPTS> notice_bits{};
    std::size_t bound_interrupts = 0;
    std::array<Pin, MAX_PINS> pins;
};

extern Kernel kernel;

inline KernelHart& this_kernel_hart() { return static_cast<KernelHart&>(this_hart()); }
inline Thread& running_thread() { return *this_kernel_hart().running; }

inline void Space::count_change(const sv39::Pte& entry, Frame frame) {
    kernel.frames.count(frame, 1);
    if (entry.is_valid())
        kernel.frames.count(entry.frame(), KernelFrames::ONE_LESS);
}
