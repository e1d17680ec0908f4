// Building and reading address spaces.
// SPDX-License-Identifier: MIT
#include "space.hpp"

#include "kernel.hpp"

#include "arch/riscv/kernel_map.hpp"

Result<Frame> KernelTables::new_table() { return kernel.frames.take_zeroed(kernel.core); }

Result<Space> Space::create(sv39::Asid asid, const Domain& pager) {
    Space space;
    space.root_ = TRY(kernel.frames.take_zeroed(kernel.core));
    space.asid_ = asid;
    space.pager_ = &pager;
    share_kernel_half(table_in(space.root_));
    return space;
}

Result<PageBytes> Space::user_page(Page page, Rights rights) const {
    KernelTables tables;
    const Result<sv39::Pte> entry = sv39::translate_user(tables, root_, page);
    if (!entry || !entry->flags().rights().contain(rights))
        return std::unexpected(Error::bad_address);
    return frame_bytes(entry->frame());
}
