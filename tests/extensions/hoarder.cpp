// Takes all frames, and gives them up one by one when it is asked to: others than it is asked for.
// SPDX-License-Identifier: MIT
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

struct Hoard {
    std::size_t count = 0;
    std::array<spin::FrameCapability, 32768> frames{};
};
constinit Hoard hoard;

// The one that was taken last.
spin::FrameCapability name_another(const spin::Reclaim&) {
    console_write("hoarder: named another\n");
    return hoard.frames[--hoard.count];
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    for (Result<spin::FrameCapability> frame = phys_addr_allocate(quota); frame;
         frame = phys_addr_allocate(quota))
        hoard.frames[hoard.count++] = *frame;
    return phys_addr_install_reclaim(quota, 16, name_another);
}
