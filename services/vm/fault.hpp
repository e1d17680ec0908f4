// The three stages of a page fault that are the same on every kernel: resolve, frame, fill.
// SPDX-License-Identifier: MIT
//
// Before them, the kernel's fault_receive and fault_dispatch have found out what happened and
// reached whoever places this service; after them, fault_install puts the translation in force.
// They are called one after the other, never from within each other, so that a debugger and the
// probe see the stages by their names.
//
// A placement says where frames come from and how they are called there, in a header
// `vm_placement.hpp` on the include path of its copy of fault.cpp:
//   namespace vm { using Frames = ...; }   which satisfies FrameSource
#pragma once

#include "lib/memory.hpp"
#include "services/vm/regions.hpp"
#include "vm_placement.hpp"

#include <concepts>

namespace vm {

// Where free frames come from. `Name` is how the placement calls a frame: its number (monolithic),
// the page of the pager through which it sees it (micro), a capability (SPIN, exo).
template <class F>
concept FrameSource = requires(F& frames, typename F::Name name) {
    { frames.take() } -> std::same_as<Result<typename F::Name>>; // no_memory: none is free
    { frames.bytes(name) } -> std::same_as<PageBytes>;
};
static_assert(FrameSource<Frames>);

using FrameName = Frames::Name;

// What is to stand at the faulting page.
struct Resolution {
    Page page;
    Rights rights;
    Backing backing;
};

} // namespace vm

extern "C" {

// Is the access legal, and what backs the page? bad_address: no region; not_permitted: the region's
// rights do not allow it.
Result<vm::Resolution> fault_resolve(const vm::Regions& regions, const Fault& fault);

// Which physical frame? no_memory: none is free.
Result<vm::FrameName> fault_frame(vm::Frames& frames);

// What goes into it?
void fault_fill(vm::Frames& frames, vm::FrameName frame, const vm::Resolution& resolution);
}
