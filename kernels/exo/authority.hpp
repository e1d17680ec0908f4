// The gate: capabilities, bindings, and names of pages.
// SPDX-License-Identifier: MIT
//
// Bind dearly, use cheaply: `bind` computes a MAC, `check_rights` compares a few bits. Memory that
// an environment names is believed page by page, with its own rights (arch/riscv/user_memory.hpp).
#pragma once

#include "task.hpp"

#include "arch/riscv/boot_info.hpp"
#include "arch/riscv/user_memory.hpp"

// The key that seals this run's capabilities.
SipHashKey make_key(const BootInfo& boot);

// FRAME, by its physical name, for ENVIRONMENT; the capability carries all rights. bad_address,
// not_permitted.
Result<abi::exo::Capability> allocate(const Environment& environment, Frame frame);

// Gives the frame back. not_permitted: forged, altered, stale, or without the right to write;
// would_block.
Result<void> deallocate(const abi::exo::Capability& capability);

// Checks CAPABILITY and lets SLOT of the environment's table stand for it. not_permitted: forged,
// altered, stale; already_mapped: the slot is in use; invalid: no such slot.
Result<void> bind(Environment& environment, const abi::exo::Capability& capability,
                  std::uint64_t slot);

// Empties SLOT. would_block: its frame is mapped still; not_mapped: it is empty, or there is no
// such slot.
Result<void> unbind(Environment& environment, std::uint64_t slot);

// May an entry of a page table give RIGHTS on what BOUND stands for? Only rights that BOUND has,
// reading among them: an entry without any would point to a further table, and to write without
// reading is reserved. not_permitted.
inline Result<void> check_rights(CapabilityName bound, Rights rights) {
    if (!rights.can_read() || !bound.rights().contain(rights)) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    return {};
}

// May an environment name a page by ADDRESS? If it is page-aligned and below the kernel's half.
// bad_address.
inline Result<void> check_page(VirtAddr address) {
    if (!is_user_page(Page::containing(address)) || address.offset_in_page() != 0) [[unlikely]]
        return std::unexpected(Error::bad_address);
    return {};
}
