// A handler of Checkpoint that blocks, which it must not.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: the scheduler stands in the middle of a switch, and the strand that it left is blocked
// again.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

namespace {

void on_checkpoint(const spin::StrandEvent& event) {
    static_cast<void>(strand_block(event.strand));
    strand_block_until(spin::NEVER);
}

void work() {
    for (;;)
        strand_yield();
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const spin::StrandReference strand = TRY(strand_create(quota, work));
    return strand_install(strand, {.checkpoint = on_checkpoint});
}
