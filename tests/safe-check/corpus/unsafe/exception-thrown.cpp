// An exception is thrown by an extension.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: exception
// breaks: nobody catches it: what the runtime does is somebody else's.
#include "kernels/spin/interface/extension.hpp"

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    if (!phys_addr_allocate(quota))
        throw Error::no_memory;
    return {};
}
