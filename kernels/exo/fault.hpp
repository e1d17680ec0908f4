// Changes of an environment's page table.
// SPDX-License-Identifier: MIT
#pragma once

#include "task.hpp"

// Puts PAGE -> the frame behind SLOT in force, with RIGHTS, for an ACCESS; whatever stood there is
// replaced. not_permitted, bad_address: the environment may not; no_memory: there is no table.
extern "C" Result<void> fault_install(Environment& environment, std::uint64_t slot,
                                      VirtAddr address, Rights rights, std::uint64_t access);

// Takes the translation of the page at ADDRESS away. bad_address, not_mapped.
Result<void> remove_translation(Environment& environment, VirtAddr address);

// What one CHANGE asks for in TARGET's table, by the bindings of ENVIRONMENT; as above.
Result<void> carry_out(Environment& environment, Environment& target,
                       const abi::exo::Change& change);
