// What an environment must hold for what it asks.
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
// The same, bound to SLOT, for which nothing needs to be sealed. As bind, too.
Result<void> allocate_into(Environment& environment, Frame frame, std::uint64_t slot);

// Gives the frame back. not_permitted: forged, altered, stale, no frame's, or without the right to
// write.
Result<void> deallocate(const abi::exo::Capability& capability);

// Blocks of the disk for ENVIRONMENT: ExtentTable::take.
Result<abi::exo::Capability> take_extent(const Environment& environment, std::uint64_t first,
                                         std::uint64_t blocks);
// Gives the extent back; as deallocate.
Result<void> return_extent(const abi::exo::Capability& capability);

// What a capability for ENVIRONMENT names, with all rights; and the capability.
CapabilityName name_of(const Environment& environment);
abi::exo::Capability seal_environment(const Environment& environment);

// May SLOT be filled? already_mapped: it is; invalid: no such slot.
Result<void> check_empty(const Environment& environment, std::uint64_t slot);

// Checks CAPABILITY and lets SLOT of the environment's table stand for it. not_permitted: forged,
// altered, stale; already_mapped: the slot is in use; invalid: no such slot.
Result<void> bind(Environment& environment, const abi::exo::Capability& capability,
                  std::uint64_t slot);

// Empties SLOT. not_mapped: it is empty, or there is no such slot. `release`: a frame that is
// ENVIRONMENT's own is nobody's then.
Result<void> unbind(Environment& environment, std::uint64_t slot);
Result<void> release(Environment& environment, std::uint64_t slot);

// COUNT slots of OTHER's table from TO on, which are empty, stand for what those of ENVIRONMENT's
// from FROM on do, with RIGHTS at most. invalid: no such slots; already_mapped: one of OTHER's is
// in use; nothing was done then.
Result<void> share(Environment& environment, std::uint64_t from, Environment& other,
                   std::uint64_t to, std::uint64_t count, Rights rights);

// Of a frame of its own behind SLOT: no other environment binds or maps it any more.
// not_permitted.
Result<void> break_bindings(Environment& environment, std::uint64_t slot);

// The environment that TARGET says: SELF, or that behind a slot, if it may be written to and is
// there still. not_permitted.
Result<Environment*> target_of(Environment& environment, std::uint64_t target);

// Blocks of an extent that is behind a slot: the disk's block number of BLOCK. not_permitted;
// bad_address.
Result<std::uint64_t> block_of(const Environment& environment, std::uint64_t slot,
                               std::uint64_t block, Rights rights);

// The word that WORD (abi::exo::word) names, if its frame is bound. not_permitted; invalid.
inline Result<PhysAddr> word_of(const Environment& environment, std::uint64_t word) {
    const CapabilityName bound = environment.bindings.at(word / PAGE_SIZE);
    if (!bound.is_frame_with(Rights::read())) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    if (word % sizeof(std::uint64_t) != 0) [[unlikely]]
        return std::unexpected(Error::invalid);
    return bound.frame().start() + word % PAGE_SIZE;
}

// May an entry of a page table give RIGHTS on what BOUND stands for? Only on a frame, and rights
// that BOUND has, reading among them: an entry without any would point to a further table, and to
// write without reading is reserved. not_permitted.
inline Result<void> check_rights(CapabilityName bound, Rights rights) {
    if (!rights.can_read() || !bound.is_frame_with(rights)) [[unlikely]]
        return std::unexpected(Error::not_permitted);
    return {};
}

// May an environment name a page by ADDRESS? If it is page-aligned, below the kernel's half, and
// not one of the windows onto the kernel's books. bad_address.
inline Result<void> check_page(VirtAddr address) {
    if (!Space::is_free_to_use(Page::containing(address)) || address.offset_in_page() != 0)
        [[unlikely]]
        return std::unexpected(Error::bad_address);
    return {};
}
