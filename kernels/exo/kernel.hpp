// All that the exokernel holds.
// SPDX-License-Identifier: MIT
//
// Who owns which frame, slice and extent, and how to tell a genuine capability: the kernel protects
// these and manages nothing. It knows no process, no region, no file. boot.cpp fills it in; every
// other file finds it through `kernel`.
#pragma once

#include "disk.hpp"
#include "extents.hpp"
#include "revocation.hpp"
#include "schedule.hpp"

#include "arch/riscv/boot_info.hpp"
#include "arch/riscv/hart.hpp"
#include "arch/riscv/kernel_stack.hpp"
#include "arch/riscv/plic.hpp"

// What entry.S finds through sscratch: what is known of the running environment, and room for the
// few registers that a primitive keeps. It is the top of the hart's kernel stack.
struct alignas(16) EntryFrame {
    std::uint64_t
        pc; // of the environment, as ra, sp and tp, while a primitive or an interrupt is served
    std::uint64_t ra;
    std::uint64_t sp;
    std::uint64_t tp;
    std::uint64_t t1;              // for the first instructions of trap_vector
    abi::exo::SaveArea* save_area; // where the running environment has its exceptions saved
    Environment* environment;      // that runs
    Hart* hart;                    // loaded into tp on entry
    Environment* table;            // of environments, as if there were one with the number 0
    std::uint64_t overruns;        // slices' ends since the callee of a transfer was called
};
static_assert(offsetof(EntryFrame, pc) == ENTRY_PC && offsetof(EntryFrame, ra) == ENTRY_RA &&
              offsetof(EntryFrame, sp) == ENTRY_SP && offsetof(EntryFrame, tp) == ENTRY_TP &&
              offsetof(EntryFrame, t1) == ENTRY_T1 &&
              offsetof(EntryFrame, save_area) == ENTRY_SAVE_AREA &&
              offsetof(EntryFrame, environment) == ENTRY_ENVIRONMENT &&
              offsetof(EntryFrame, hart) == ENTRY_HART &&
              offsetof(EntryFrame, table) == ENTRY_TABLE &&
              offsetof(EntryFrame, overruns) == ENTRY_OVERRUNS &&
              sizeof(EntryFrame) == ENTRY_FRAME_SIZE);

// What an interrupt saves right below it: by number, the registers that C++ may clobber.
struct InterruptFrame {
    std::array<std::uint64_t, 32> registers;
};
static_assert(sizeof(InterruptFrame) == ENTRY_INTERRUPT_SIZE);

struct ExoHart : Hart {
    KernelStack<EntryFrame> stack; // no environment ever waits on it
};

// Where what is typed goes.
struct KeyRing {
    EnvironmentId owner;     // nobody: nowhere
    Frame frame;             // pinned
    bool is_stalled = false; // it is full: the device's interrupt is not completed
};

struct Kernel {
    BootInfo boot;
    SipHashKey key{}; // seals capabilities; made at boot, never leaves the kernel
    FrameTable frames;
    Revocation revocation;
    FrameRange frame_table; // where it lies, for everybody to read
    Frame frame_table_map;  // the page table of the 2 MiB at EXO_FRAMES, every environment's
    SliceVector time;
    std::array<Environment, abi::exo::ENVIRONMENTS> environments;
    ExtentTable extents;
    DiskQueue disk;
    KeyRing keys;
    Plic plic;
    ExoHart hart; // the one that was started; others wait in the firmware
};

static_assert(offsetof(Kernel, environments) == KERNEL_ENVIRONMENTS &&
              sizeof(Kernel::environments) == KERNEL_ENVIRONMENTS_END - KERNEL_ENVIRONMENTS);

extern Kernel kernel;

inline ExoHart& this_exo_hart() { return static_cast<ExoHart&>(this_hart()); }
inline InterruptFrame& interrupt_frame() {
    return *(reinterpret_cast<InterruptFrame*>(&this_exo_hart().stack.frame) - 1);
}
inline Environment& running_environment() { return *this_exo_hart().stack.frame.environment; }
// By number, which there is.
inline Environment& environment_at(EnvironmentId id) { return kernel.environments[id.raw() - 1U]; }
