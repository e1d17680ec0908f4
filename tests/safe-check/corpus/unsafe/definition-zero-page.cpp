// The extension defines zero_page of the trusted library, which then zeroes nothing.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: foreign-declaration
// breaks: pages that trusted code takes for zeroed hold the data of the program before.
#include "kernels/spin/interface/extension.hpp"

#include "lib/memory.hpp"

constinit std::uint64_t pages = 0;

void zero_page(PageBytes) { pages += 1; }

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const spin::FrameCapability frame = TRY(phys_addr_allocate(quota));
    zero_page(frame.bytes());
    return {};
}
