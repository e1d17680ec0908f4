// Kernel stacks with a guard page below each: an overflow traps instead of spoiling what is there.
// SPDX-License-Identifier: MIT
//
// A range of the kernel's half (KERNEL_STACKS in abi/address_map.h), so every address space has it:
//
//   | guard | stack 0, 4 pages | guard | stack 1, 4 pages | ...
//
// Frames come from the kernel, which may leave a stack mapped for the next thread. A trap in the
// kernel is reported on a stack of its own (TRAP_FROM_KERNEL in trap_macros.S), so that the report
// of an overflow needs no room on the stack that overflowed. A function whose locals are larger
// than the guard may step over it.
#pragma once

#include "abi/address_map.h"
#include "arch/riscv/sv39.hpp"

#include <array>
#include <optional>

inline constexpr unsigned KERNEL_STACK_PAGES = 4;
inline constexpr unsigned KERNEL_STACK_STRIDE = KERNEL_STACK_PAGES + 1;             // pages
inline constexpr unsigned KERNEL_STACK_COUNT = sv39::ENTRIES / KERNEL_STACK_STRIDE; // in one table

using KernelStackFrames = std::array<Frame, KERNEL_STACK_PAGES>;

// A mapped stack: it grows down from `end`.
class KernelStackPlace {
public:
    explicit constexpr KernelStackPlace(unsigned index) : index_(index) {}
    constexpr Page guard() const {
        return Page::containing(VirtAddr(KERNEL_STACKS)) + index_ * KERNEL_STACK_STRIDE;
    }
    constexpr Page first() const { return guard() + 1; }
    constexpr VirtAddr end() const { return (first() + KERNEL_STACK_PAGES).start(); }
    // What the trap road keeps at the stack's top (trap_frame.hpp); the stack begins below it.
    template <class TopFrame>
    TopFrame& top_frame() const {
        static_assert(sizeof(TopFrame) % 16 == 0);
        return *reinterpret_cast<TopFrame*>(end().raw() - sizeof(TopFrame));
    }

private:
    unsigned index_;
};

// Maps stack INDEX onto FRAMES, the lowest first. invalid: INDEX is too large; already_mapped.
Result<KernelStackPlace> map_kernel_stack(unsigned index, const KernelStackFrames& frames);
// Takes it away again and returns its frames; nobody may run on it. invalid; not_mapped.
Result<KernelStackFrames> unmap_kernel_stack(unsigned index);

// The stack whose guard page holds ADDRESS, if any.
std::optional<unsigned> kernel_stack_guarded_at(VirtAddr address);
