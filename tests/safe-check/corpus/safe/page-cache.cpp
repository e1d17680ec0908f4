// A cache of a disk's blocks in frames, least recently used block out.
// SPDX-License-Identifier: MIT
//
// Does: a table of slots with ages, disk_read into a frame's bytes, a view handed out for a call.
#include "kernels/spin/interface/disk.hpp"
#include "kernels/spin/interface/extension.hpp"

#include "lib/codec.hpp"

#include <array>

namespace {

struct Slot {
    spin::FrameCapability frame{};
    std::uint64_t block = 0;
    std::uint64_t used_at = 0;
    bool is_valid = false;
};

class Cache {
public:
    Result<void> start(spin::FrameQuota quota) {
        for (Slot& slot : slots_)
            slot.frame = TRY(phys_addr_allocate(quota));
        return {};
    }
    Result<std::uint64_t> word(std::uint64_t block, std::uint64_t offset) {
        const Slot& slot = slots_[TRY(find(block))];
        return load<std::uint64_t>(slot.frame.bytes(), offset);
    }

private:
    Result<std::size_t> find(std::uint64_t block) {
        clock_ += 1;
        std::size_t oldest = 0;
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            if (slots_[i].is_valid && slots_[i].block == block) {
                slots_[i].used_at = clock_;
                return i;
            }
            if (slots_[i].used_at < slots_[oldest].used_at)
                oldest = i;
        }
        Slot& slot = slots_[oldest];
        slot.is_valid = false;
        TRY(disk_read(block, slot.frame.bytes()));
        slot = {slot.frame, block, clock_, true};
        return oldest;
    }
    std::array<Slot, 8> slots_{};
    std::uint64_t clock_ = 0;
};

constinit Cache cache{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    TRY(cache.start(quota));
    const std::uint64_t word = TRY(cache.word(1, 16));
    return TRY(cache.word(1, 16)) == word ? Result<void>() : std::unexpected(Error::input_output);
}
