// extension_start does not return.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: if nothing interrupted an extension, the machine would stand.
#include "kernels/spin/interface/extension.hpp"

namespace {

constinit std::uint64_t turns = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    for (;;)
        turns = turns + 1;
}
