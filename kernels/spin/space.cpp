// Building address spaces.
// SPDX-License-Identifier: MIT
#include "space.hpp"

#include "kernel.hpp"

Result<Frame> KernelTables::new_table() { return kernel.frames.take_zeroed(kernel.core); }

Result<Space> Space::create(sv39::Asid asid, const Domain& pager) {
    return Space(TRY(KernelTables().new_table()), asid, pager);
}
