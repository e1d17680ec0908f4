// The exokernel's state, in one struct.
// SPDX-License-Identifier: MIT
//
// Who owns which frame and which slice, and how to tell a genuine capability: the kernel protects
// these and manages nothing. It knows no process, no region, no file. boot.cpp fills it in; every
// other file finds it through `kernel`.
#pragma once

#include "schedule.hpp"

#include "arch/riscv/boot_info.hpp"
#include "arch/riscv/hart.hpp"
#include "arch/riscv/kernel_stack.hpp"

// What entry.S finds through sscratch: what is known of the running environment, and room for the
// few registers that a primitive keeps. It is the top of the hart's kernel stack.
struct alignas(16) EntryFrame {
    std::uint64_t
        pc; // of the environment, as ra, sp and tp, while a primitive or an interrupt is served
    std::uint64_t ra;
    std::uint64_t sp;
    std::uint64_t tp;
    std::uint64_t t1;              // for the first instructions of trap_vector
    abi::exo::SaveArea* save_area; // where the slice's owner has its exceptions saved
    const Slice* slice;            // that runs
    Hart* hart;                    // loaded into tp on entry
};
static_assert(offsetof(EntryFrame, pc) == ENTRY_PC && offsetof(EntryFrame, ra) == ENTRY_RA &&
              offsetof(EntryFrame, sp) == ENTRY_SP && offsetof(EntryFrame, tp) == ENTRY_TP &&
              offsetof(EntryFrame, t1) == ENTRY_T1 &&
              offsetof(EntryFrame, save_area) == ENTRY_SAVE_AREA &&
              offsetof(EntryFrame, slice) == ENTRY_SLICE &&
              offsetof(EntryFrame, hart) == ENTRY_HART && sizeof(EntryFrame) == ENTRY_FRAME_SIZE);

struct ExoHart : Hart {
    KernelStack<EntryFrame> stack; // no environment ever waits on it
};

struct Kernel {
    BootInfo boot;
    SipHashKey key{}; // seals capabilities; made at boot, never leaves the kernel
    FrameTable frames;
    SliceVector time;
    ExoHart hart;      // the one that was started; others wait in the firmware
    Environment first; // the one that the machine was asked to run
};

extern Kernel kernel;

inline ExoHart& this_exo_hart() { return static_cast<ExoHart&>(this_hart()); }
inline Environment& running_environment() { return *this_exo_hart().stack.frame.slice->owner; }
