// A page's bytes are used across a block, in which the kernel takes the frame away.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: Reclaim is answered on another strand; the view here shows what is a program's page by
// then.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/codec.hpp"

namespace {

spin::FrameCapability give(const spin::Reclaim& event) { return event.candidate; }

void fill(PageBytes page) {
    for (std::uint64_t at = 0; at < PAGE_SIZE; at += sizeof(std::uint64_t)) {
        strand_yield();
        static_cast<void>(store<std::uint64_t>(page, at, at));
    }
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const spin::FrameCapability frame = TRY(phys_addr_allocate(quota));
    TRY(phys_addr_install_reclaim(quota, 0, give));
    fill(frame.bytes());
    return {};
}
