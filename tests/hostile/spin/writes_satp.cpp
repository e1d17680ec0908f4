// Takes itself for the kernel: its start changes the address space by hand. Never linked.
// SPDX-License-Identifier: MIT
#include "kernels/spin/interface/extension.hpp"

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    asm volatile("csrw satp, zero\n"
                 "sfence.vma");
    return {};
}
