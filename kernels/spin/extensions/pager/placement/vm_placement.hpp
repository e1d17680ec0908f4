// Places services/vm in an extension: frames come from PhysAddr, each behind its capability.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/spin/interface/phys_addr.hpp"
#include "services/vm/names.hpp"
#include "services/vm/without.hpp"

#include <array>

namespace vm {

// Frames that the extension holds. They are allocated in batches before they are needed, so that
// most faults that take one ask the kernel for nothing but the translation itself.
class HeldFrames {
public:
    // As many as a heap of the largest size needs, and a few.
    static constexpr std::size_t CAPACITY = 2048;

    // Before all else: the frames come from QUOTA.
    void take_from(spin::FrameQuota quota) { quota_ = quota; }

    // no_memory: none is held, and the kernel has none left, or the table no room.
    Result<FrameIndex> take() {
        if (next_ == held_) [[unlikely]]
            TRY(hold_more());
        return FrameIndex(next_++);
    }
    // Nothing of this program's is unmapped or evicted: a frame comes back only when it could not
    // be filled, right after it was taken.
    void give(FrameIndex frame) { next_ = frame.raw(); }
    // As far as the table goes; the kernel may have fewer.
    std::uint64_t free_count() const { return CAPACITY - next_; }
    constexpr bool is_shared(FrameIndex) const { return false; } // one service, one Memory

    const spin::FrameCapability& capability(FrameIndex frame) const {
        return capabilities_[frame.raw()];
    }
    PageBytes bytes(FrameIndex frame) const { return capability(frame).bytes(); }

    // Asks the kernel for BATCH frames more, or as many as there are. no_memory: not one.
    Result<void> hold_more() {
        for (std::size_t got = 0; got < BATCH && held_ < CAPACITY; ++got) {
            const Result<spin::FrameCapability> frame = phys_addr_allocate(quota_);
            if (!frame)
                break;
            capabilities_[held_++] = *frame;
        }
        if (next_ == held_)
            return std::unexpected(Error::no_memory);
        return {};
    }

private:
    static constexpr std::size_t BATCH = 64;

    spin::FrameQuota quota_;
    std::size_t next_ = 0; // the first that nobody uses
    std::size_t held_ = 0;
    std::array<spin::FrameCapability, CAPACITY> capabilities_{};
};

using Frames = HeldFrames;
using Translations = NoTranslations;
using Swap = NoSwap;
using Files = NoFiles;

} // namespace vm
