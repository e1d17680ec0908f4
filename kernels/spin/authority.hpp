// The gate: what an extension or a program may name, and how errors leave the kernel.
// SPDX-License-Identifier: MIT
//
// An extension gets its capabilities from the kernel, and imports no name beyond exports.S. What a
// capability still stands for is checked here. That it is none of the extension's own making is
// not: in SPIN the language forbids that; here the safe subset does, in which extensions are
// written (docs/safe-subset.md). A program names its own memory only, and that is believed page by
// page, with the program's own rights (arch/riscv/user_memory.hpp).
#pragma once

#include "kernel.hpp"

#include "abi/errors.hpp"
#include "arch/riscv/user_memory.hpp"

// The address space that CONTEXT names, if it was given to HOLDER. not_permitted.
inline Result<Space*> held_space(spin::TranslationContext context, const Domain* holder) {
    Space& space = Space::of(context);
    if (space.pager() != holder) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    return &space;
}

// The record of the frame that CAPABILITY names, if the frame was allocated by HOLDER, and not
// given back since. not_permitted.
inline Result<FrameRecord*> held_frame(spin::FrameCapability capability, const Domain* holder) {
    FrameRecord* record = kernel.frames.find(capability, holder);
    if (record == nullptr) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    return record;
}

// A system call's result as the program sees it.
constexpr std::uint64_t to_abi(const Result<std::uint64_t>& result) {
    return result ? *result : static_cast<std::uint64_t>(abi::to_number(result.error()));
}
