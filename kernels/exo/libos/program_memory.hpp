// The program's memory as ends of a transfer: it is one's own.
// SPDX-License-Identifier: MIT
//
// A page is believed as the page table says it, read by the library itself; then the bytes are
// copied by the program's own addresses. What is not there, or not writable yet, is not_mapped, and
// is mended as a fault would be (services/calls/bytes.cpp).
#pragma once

#include "lib/codec.hpp"
#include "lib/fault.hpp"
#include "lib/piecewise.hpp"
#include "services/vm/names.hpp"

#include <span>

struct ProgramMemory {};

Result<void> copy_from_user(ProgramMemory, VirtAddr source, std::span<std::byte> destination);
Result<void> copy_to_user(ProgramMemory, VirtAddr destination, Bytes source);

using ProgramDestination = PiecewiseDestination<ProgramMemory>;
using ProgramSource = PiecewiseSource<ProgramMemory>;

// For services/calls. There is one space that a call can come from.
inline ProgramDestination into(vm::SpaceId, VirtAddr address) { return {{}, address}; }
inline ProgramSource from(vm::SpaceId, VirtAddr address) { return {{}, address}; }
VirtAddr first_unreachable(vm::SpaceId space, VirtAddr start, std::uint64_t count, Access access);
