// The SPIN kernel's state, in one struct.
// SPDX-License-Identifier: MIT
//
// The kernel keeps what has to be trusted: frames, translations, strands, and the events by which
// extensions are called. Policy is an extension's. boot.cpp fills it in; every other file finds it
// through `kernel`.
#pragma once

#include "deadline.hpp"
#include "extension.hpp"
#include "frames.hpp"
#include "layout.h"
#include "machine.hpp"
#include "modules.hpp"
#include "placement/block_placement.hpp"
#include "space.hpp"
#include "task.hpp"

#include "arch/riscv/boot_info.hpp"
#include "arch/riscv/context.hpp"
#include "arch/riscv/plic.hpp"

#include <array>

struct SpinHart : Hart {
    std::uint64_t stack_limit = 0; // below it the strand that runs enters no kernel procedure
    Strand* running = nullptr;
    std::uint64_t since = 0;   // when its turn began, in ticks of `time`
    std::uint64_t cut_off = 0; // a turn that began then is over before its time
    bool devices_are_masked = false;
    Deadline deadline;
};
static_assert(sizeof(Hart) == HART_STACK_LIMIT); // its first member follows the hart's own

inline constexpr std::size_t EXTENSIONS = 12; // slots of the address map
using spin::SPACES;
using spin::STRANDS;

struct Kernel {
    BootInfo boot;
    SpinHart hart; // the one that was started; others wait in the firmware
    Plic plic;
    Disk disk;
    Keys keys;

    KernelFrames memory;
    Frames frames;
    std::array<Quota, EXTENSIONS> quotas; // of the extension of the same slot
    std::array<Space, SPACES> spaces;

    Modules modules; // the kernel itself, as what extensions may import
    std::array<Extension, EXTENSIONS> extensions;

    std::array<Strand, STRANDS> strands;
    Strand boot_strand;        // brings the system up, on the boot stack
    Strand* program = nullptr; // the one that the machine was asked to run
    Strand* first_ready = nullptr;
    Strand* last_ready = nullptr;
    std::uint64_t armed = timer::NEVER; // when somebody needs the timer to expire
    std::uint64_t look = timer::NEVER;  // when it does in any case (deadline.hpp)
    bool timer_is_owed = false;         // it expired, and nobody has heard of it yet
    std::uint64_t switches = 0;         // from one strand to another
};

extern Kernel kernel;

inline SpinHart& this_spin_hart() { return static_cast<SpinHart&>(this_hart()); }
inline Strand& running_strand() { return *this_spin_hart().running; }

// The program that the machine was asked to run.
inline std::string_view program_asked_for() {
    const std::string_view named = argument(kernel.boot.arguments, "program");
    return named.empty() ? "init" : named;
}

// As the machine loaded it.
inline Bytes initial_ram_disk() { return physical_bytes(kernel.boot.initial_ram_disk); }
