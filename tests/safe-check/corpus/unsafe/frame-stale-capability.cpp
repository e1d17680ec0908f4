// The bytes of a frame are asked for after it was given back, through a copy of its capability.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: if `bytes` compared no generation: the address is the same, and the page is somebody
// else's.
#include "kernels/spin/interface/extension.hpp"

#include "lib/codec.hpp"

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const spin::FrameCapability frame = TRY(phys_addr_allocate(quota));
    const spin::FrameCapability copy = frame;
    TRY(phys_addr_deallocate(frame));
    const spin::FrameCapability next = TRY(phys_addr_allocate(quota));
    zero_page(next.bytes());
    TRY(store<std::uint64_t>(copy.bytes(), 0, 0x4141414141414141));
    return {};
}
