// Assembly outside of all functions.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: asm
// breaks: it makes a section of code of its own, a symbol of the kernel's name, or both.
#include "kernels/spin/interface/extension.hpp"

asm(".globl console_write\n"
    "console_write: csrw satp, zero\n"
    "ret\n");

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    console_write("no address space any more\n");
    return {};
}
