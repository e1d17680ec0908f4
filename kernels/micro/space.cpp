// Building address spaces.
// SPDX-License-Identifier: MIT
#include "space.hpp"

#include "kernel.hpp"

#include "arch/riscv/kernel_map.hpp"

Result<Frame> KernelTables::new_table() { return kernel.frames.take_zeroed(); }

Result<Space> Space::create(sv39::Asid asid) {
    Space space;
    space.root_ = TRY(kernel.frames.take_zeroed());
    space.asid_ = asid;
    share_kernel_half(table_in(space.root_));
    return space;
}
