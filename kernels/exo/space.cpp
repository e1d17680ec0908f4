// Building address spaces.
// SPDX-License-Identifier: MIT
#include "space.hpp"

#include "kernel.hpp"

Result<Frame> KernelTables::new_table() {
    const Frame frame = TRY(kernel.frames.take(EnvironmentId::kernel()));
    zero_page(frame_bytes(frame));
    return frame;
}

Result<Space> Space::create(sv39::Asid asid) {
    return Space(TRY(KernelTables().new_table()), asid);
}
