// A handler of Reclaim that never answers.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: who asked for a frame, another extension or the kernel, stands on this stack and waits.
#include "kernels/spin/interface/extension.hpp"

namespace {

constinit std::uint64_t asked = 0;

spin::FrameCapability keep_asking(const spin::Reclaim& event) {
    while (event.candidate != spin::FrameCapability())
        asked = asked + 1;
    return {};
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    while (phys_addr_allocate(quota)) {
    }
    return phys_addr_install_reclaim(quota, 0, keep_asking);
}
