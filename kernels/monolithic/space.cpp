// Building address spaces.
// SPDX-License-Identifier: MIT
#include "space.hpp"

#include "kernel.hpp"

Result<Frame> KernelTables::new_table() { return kernel.frames.take_zeroed(); }

Result<Space> Space::create(sv39::Asid asid) {
    return Space(TRY(KernelTables().new_table()), asid);
}
