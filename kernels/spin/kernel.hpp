// The SPIN kernel's state, in one struct.
// SPDX-License-Identifier: MIT
//
// The kernel keeps what has to be trusted: frames, translations, strands, and the events by which
// extensions are called. Policy is an extension's. boot.cpp fills it in; every other file finds it
// through `kernel`.
#pragma once

#include "domain.hpp"
#include "frames.hpp"
#include "ipc.hpp"
#include "task.hpp"

#include "arch/riscv/boot_info.hpp"
#include "arch/riscv/context.hpp"

struct SpinHart : Hart {
    Strand* running = nullptr;
    // Whose handler or guard runs, and so who asks when it calls the kernel; nullptr: nobody's, the
    // kernel is by itself. A handler runs to its end before another is called.
    const Domain* domain = nullptr;
    KernelContext scheduler;
};

struct Kernel {
    BootInfo boot;
    Frames frames;
    Domain core;  // the kernel itself, as what extensions may import (exports.S)
    Domain pager; // the extension of slot 0
    Events events;
    SpinHart hart;  // the one that was started; others wait in the firmware
    Strand program; // the one that the machine was asked to run
};

extern Kernel kernel;

inline SpinHart& this_spin_hart() { return static_cast<SpinHart&>(this_hart()); }
inline Strand& running_strand() { return *this_spin_hart().running; }
inline const Domain* running_domain() { return this_spin_hart().domain; }

// As the machine loaded it.
inline Bytes initial_ram_disk() { return physical_bytes(kernel.boot.initial_ram_disk); }
