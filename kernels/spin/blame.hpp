// Blame: whose code stands on a stack.
// SPDX-License-Identifier: MIT
//
// The kernel does not keep account of which extension runs: a call between two domains is a call.
// Where it has to know, because something broke, it asks the pc and the chain of frame pointers,
// which kernel and extensions keep (-fno-omit-frame-pointer). That takes as long as it takes, on a
// road that is not for speed.
#pragma once

#include "lib/address.hpp"

struct Extension;
struct Strand;

// Where a thread of control stands inside the kernel.
struct CallSite {
    VirtAddr pc;
    VirtAddr return_address; // ra; of the call that PC is in, or inside PC's own function
    VirtAddr frame_pointer;  // s0
    VirtAddr stack_end;      // where the chain of frames ends: the stack's top, or the trap frame
};

// Where STRAND stands, which does not run.
CallSite site_of(const Strand& strand);
// Where the calls of STRAND end.
VirtAddr end_of_stack(const Strand& strand);

// The innermost extension whose code is in a call there; nullptr: only the kernel is.
const Extension* innermost_extension(const CallSite& site);

// All of them, a bit for each slot.
std::uint32_t extensions_on_stack(const CallSite& site);
