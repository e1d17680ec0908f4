// Switching between two threads of control inside a kernel.
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

// What a function call must keep (RISC-V psABI): the return address, the stack, s0..s11.
struct KernelContext {
    std::uint64_t ra = 0;
    std::uint64_t sp = 0;
    std::uint64_t s[12] = {};
};

// Keeps the caller in SAVE and goes on where LOAD was kept; returns when somebody switches to SAVE.
extern "C" void switch_context(KernelContext& save, const KernelContext& load);
