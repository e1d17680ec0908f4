// The bytes of a frame are written to after it was given back.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: the view outlives the capability: the next holder's page, code of a program, is
// overwritten.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <array>

namespace {

struct Kept {
    std::span<std::byte> page{};
};
constinit Kept kept{};

void spoil() {
    for (;;) {
        for (std::byte& byte : kept.page)
            byte = std::byte{0xff};
        strand_yield();
    }
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const spin::FrameCapability frame = TRY(phys_addr_allocate(quota));
    kept.page = frame.bytes();
    TRY(phys_addr_deallocate(frame));
    TRY(strand_create(quota, spoil));
    return {};
}
