// The three stages of a page fault that are the same on every kernel: resolve, frame, fill.
// SPDX-License-Identifier: MIT
//
// Before them, the kernel's fault_receive and fault_dispatch have found out what happened and
// reached whoever places this service; after them, fault_install puts the translation in force: of
// memory.resolution().page, to its frame, with its rights. They are called one after the other,
// never from within each other, so that a debugger and the probe see the stages by their names. All
// of them are called for every kind of fault; where the page has its frame already, fault_frame
// keeps that one and fault_fill does nothing.
//
// From fault_resolve to the end of fault_install nobody else enters the service. When fault_install
// fails, nothing has to be undone: the page is resident, and its next fault maps it.
#pragma once

#include "services/vm/resolution.hpp"

namespace vm {
class Memory;
}

extern "C" {

// Is the access legal, and what backs the page? bad_address: no region; not_permitted: the region's
// rights do not allow it.
Result<void> fault_resolve(vm::Memory& memory, vm::SpaceId space, const Fault& fault);

// Which physical frame? A free one, or that of a page that the policy evicts. input_output: pages
// could not be written to swap; no_memory: the placement has fewer frames than it promised.
Result<void> fault_frame(vm::Memory& memory);

// What goes into it? input_output: it could not be read; then the page is as it was before the
// fault. Or it was copied, and what it was copied from had no other user left and could not be
// written to its file.
Result<void> fault_fill(vm::Memory& memory);
}
