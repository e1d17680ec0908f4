// User pointers: believed page by page, with the program's own rights.
// SPDX-License-Identifier: MIT
//
// A kernel reaches a program's memory by the direct map, as that program's page table says, and
// never through the program's address. Nothing is mended here: a page that is not there, or not
// writable yet (copy-on-write), is not_mapped, and the kernel may mend it as if the program had
// faulted, and ask again. bad_address: an address that no program has.
#pragma once

#include "arch/riscv/address_space.hpp"
#include "lib/piecewise.hpp"

#include <cstddef>
#include <span>

// Copies from the memory of SPACE's program at SOURCE: all of DESTINATION or nothing.
// bad_address; not_mapped.
Result<void> copy_from_user(const AddressSpace& space, VirtAddr source,
                            std::span<std::byte> destination);

// Copies SOURCE into the memory of SPACE's program at DESTINATION: all of it or nothing.
// bad_address; not_mapped.
Result<void> copy_to_user(const AddressSpace& space, VirtAddr destination, Bytes source);

// COUNT bytes of the program's onto the console. bad_address where the program could not read at
// this moment; what lies before that is printed already.
Result<void> print_from_user(const AddressSpace& space, VirtAddr source, std::uint64_t count);

// The first of COUNT bytes at START whose page refuses ACCESS at this moment: what to mend before
// the next try. `start + count` when there is none.
VirtAddr first_unreachable(const AddressSpace& space, VirtAddr start, std::uint64_t count,
                           Access access);

// A program's memory as the two ends of a transfer (io::Destination, io::Source).
using UserDestination = PiecewiseDestination<const AddressSpace&>;
using UserSource = PiecewiseSource<const AddressSpace&>;
