// Building and reading address spaces.
// SPDX-License-Identifier: MIT
#include "space.hpp"

#include "kernel.hpp"

#include "arch/riscv/kernel_map.hpp"

// Tables are the kernel's, however an environment spreads its pages: at most 1,026 frames for its 2
// GiB.
Result<Frame> KernelTables::new_table() {
    const Frame frame = TRY(kernel.frames.take(EnvironmentId::kernel()));
    zero_page(frame_bytes(frame));
    return frame;
}

Result<Space> Space::create(sv39::Asid asid) {
    Space space;
    space.root_ = TRY(KernelTables().new_table());
    space.asid_ = asid;
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
