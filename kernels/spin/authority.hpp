// The gate: what an extension or a program may name.
// SPDX-License-Identifier: MIT
//
// Authority is the capability: whoever holds one has the right, whoever runs. An extension gets its
// capabilities from the kernel, or from another extension that holds them, and imports no name
// beyond what its domain was resolved against. What a capability still stands for is checked here.
// That it is none of the extension's own making is not: in SPIN the language forbids that; here the
// safe subset does, in which extensions are written (docs/safe-subset.md). A program names its own
// memory only, and that is believed page by page, with the program's own rights
// (arch/riscv/user_memory.hpp).
#pragma once

#include "kernel.hpp"

#include "arch/riscv/user_memory.hpp"

// The address space that CONTEXT names. not_permitted: it is no more.
inline Result<Space*> find_space(spin::TranslationContext context) {
    const std::size_t number = Space::number_of(context);
    if (number >= kernel.spaces.size()) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    Space* const space = kernel.spaces.data() + number;
    if (space->reference() != context) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    return space;
}

// The record of the frame that CAPABILITY names. not_permitted: it was given back since.
inline Result<FrameRecord*> find_frame(spin::FrameCapability capability) {
    FrameRecord* const record = kernel.frames.find(capability);
    if (record == nullptr) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    return record;
}

// The strand that REFERENCE names. not_permitted: it has ended.
inline Result<Strand*> find_strand(spin::StrandReference reference) {
    const std::uint32_t number = Strand::number_of(reference);
    if (number >= kernel.strands.size() || kernel.strands[number].reference != reference)
        [[unlikely]]
        return std::unexpected(Error::not_permitted);
    return &kernel.strands[number];
}

// The quota that REFERENCE names. not_permitted: its holder is no more.
inline Result<Quota*> find_quota(spin::FrameQuota reference) {
    const std::uint32_t number = Quota::number_of(reference);
    if (number >= kernel.quotas.size() || kernel.quotas[number].reference() != reference)
        [[unlikely]]
        return std::unexpected(Error::not_permitted);
    return &kernel.quotas[number];
}

// Whose code CALLED is, a function that an extension hands in. invalid: nobody's.
template <class F>
Result<const Extension*> owner_of(F* called) {
    const Extension* const owner = extension_at(VirtAddr(reinterpret_cast<std::uint64_t>(called)));
    if (owner == nullptr)
        return std::unexpected(Error::invalid);
    return owner;
}
