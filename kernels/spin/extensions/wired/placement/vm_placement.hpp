// Places services/vm in an extension: frames come from PhysAddr, each behind its capability.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/spin/interface/phys_addr.hpp"
#include "services/vm/names.hpp"
#include "services/vm/stock.hpp"
#include "services/vm/without.hpp"

#include <array>

namespace vm {

// Frames that the extension holds, each called by its place in a table of capabilities.
class HeldFrames {
public:
    // As many as a heap of the largest size needs, and a few.
    static constexpr std::size_t CAPACITY = 2048;

    // Before all else: the frames come from QUOTA.
    void take_from(spin::FrameQuota quota) { quota_ = quota; }

    // As vm::FrameHolder. As far as the table goes; the kernel may have fewer.
    std::uint64_t most() const { return CAPACITY; }
    Result<void> hold(FrameIndex frame) {
        capabilities_[frame.raw()] = TRY(phys_addr_allocate(quota_));
        return {};
    }

    const spin::FrameCapability& capability(FrameIndex frame) const {
        return capabilities_[frame.raw()];
    }
    PageBytes bytes(FrameIndex frame) const { return capability(frame).bytes(); }

private:
    spin::FrameQuota quota_;
    std::array<spin::FrameCapability, CAPACITY> capabilities_{};
};

using Frames = Stock<HeldFrames>;
using Translations = NoTranslations;
using Swap = NoSwap;
using Files = NoFiles;

} // namespace vm
