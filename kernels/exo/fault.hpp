// The kernel's share in mending a page fault, after the library OS has decided.
// SPDX-License-Identifier: MIT
#pragma once

#include "task.hpp"

// Puts PAGE -> the frame behind SLOT in force, with RIGHTS, for an ACCESS; whatever stood there is
// replaced. not_permitted, bad_address: the environment may not; no_memory (for a table).
extern "C" Result<void> fault_install(Environment& environment, std::uint64_t slot,
                                      VirtAddr address, Rights rights, Access access);

// Takes the translation of the page at ADDRESS away. bad_address, not_mapped.
Result<void> remove_translation(Environment& environment, VirtAddr address);
