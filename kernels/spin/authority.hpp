// The gate: what an extension or a program may name, and how errors leave the kernel.
// SPDX-License-Identifier: MIT
//
// That an extension has a capability at all is the compiler's and the linker's doing: it can make
// none, and import no name beyond exports.S. What a capability still stands for is checked here.
#pragma once

#include "kernel.hpp"

#include "abi/errors.hpp"

#include <span>

// The address space that CONTEXT names, if it was given to the extension that runs. not_permitted.
inline Result<Space*> held_space(spin::TranslationContext context) {
    Space& space = Space::of(context);
    if (space.pager() != running_domain()) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    return &space;
}

// The record of the frame that CAPABILITY names, if the frame was allocated by the extension that
// runs, and not given back since. not_permitted.
inline Result<FrameRecord*> held_frame(spin::FrameCapability capability) {
    FrameRecord* record = kernel.frames.find(capability, running_domain());
    if (record == nullptr) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    return record;
}

// Copies from the program's memory at SOURCE. bad_address where the program itself could not read;
// what lies before that is copied already.
Result<void> copy_from_program(const Space& space, VirtAddr source,
                               std::span<std::byte> destination);

// A system call's result as the program sees it.
constexpr std::uint64_t to_abi(const Result<std::uint64_t>& result) {
    return result ? *result : static_cast<std::uint64_t>(abi::to_number(result.error()));
}
