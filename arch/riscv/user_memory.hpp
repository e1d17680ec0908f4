// User pointers: believed page by page, with the program's own rights.
// SPDX-License-Identifier: MIT
//
// A kernel reads a program's memory by the direct map, as that program's page table says, and never
// through the program's address.
#pragma once

#include "arch/riscv/address_space.hpp"

#include <cstddef>
#include <span>

// Copies from the memory of SPACE's program at SOURCE. bad_address where the program itself could
// not read; what lies before that is copied already.
Result<void> copy_from_user(const AddressSpace& space, VirtAddr source,
                            std::span<std::byte> destination);

// The same for COUNT bytes, onto the console.
Result<void> print_from_user(const AddressSpace& space, VirtAddr source, std::uint64_t count);
