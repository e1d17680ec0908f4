// A small allocator of indices: a free list in the table's own entries.
// SPDX-License-Identifier: MIT
//
// Does: take and give_back check what they are handed; a type of its own for the index.
#include "kernels/spin/interface/extension.hpp"

#include "lib/number.hpp"

#include <array>

namespace {

using Slot = Index<struct SlotTag, std::uint16_t>;

template <std::size_t MOST>
class Slots {
public:
    Result<Slot> take() {
        if (free_ == 0 && fresh_ == MOST)
            return std::unexpected(Error::too_many);
        if (free_ == 0)
            return Slot(fresh_++);
        const std::size_t slot = free_ - 1;
        free_ = next_[slot];
        next_[slot] = 0;
        return Slot(slot);
    }
    Result<void> give_back(Slot slot) {
        if (slot.number() >= fresh_)
            return std::unexpected(Error::invalid);
        next_[slot.number()] = free_;
        free_ = static_cast<std::uint16_t>(slot.number() + 1);
        return {};
    }

private:
    std::array<std::uint16_t, MOST> next_{}; // 0: none, else the slot behind it
    std::uint16_t free_ = 0;
    std::uint16_t fresh_ = 0;
};

constinit Slots<128> slots{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const Slot first = TRY(slots.take());
    const Slot second = TRY(slots.take());
    TRY(slots.give_back(first));
    const Slot again = TRY(slots.take());
    return again == first && second != first ? Result<void>() : std::unexpected(Error::exists);
}
