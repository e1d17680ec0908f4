// A trusted header that is not for extensions, by a road around the folders that they see.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: include
// breaks: a reference into the kernel's own state of the processor, in the register tp.
#include "kernels/spin/interface/extension.hpp"

#include "../../../../arch/riscv/hart.hpp"

namespace {

constinit Hart mine{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    this_hart().id = 99;
    adopt_hart(mine);
    return {};
}
