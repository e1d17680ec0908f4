// The start of every address space.
// SPDX-License-Identifier: MIT
#include "arch/riscv/address_space.hpp"

#include "arch/riscv/kernel_map.hpp"

AddressSpace::AddressSpace(Frame root, sv39::Asid asid) : root_(root), asid_(asid) {
    share_kernel_half(table_in(root));
}
