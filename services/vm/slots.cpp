// Taking and releasing swap slots.
// SPDX-License-Identifier: MIT
#include "services/vm/slots.hpp"

namespace vm {

void Slots::adopt(std::span<SlotRecord> storage) {
    slots_ = storage;
    free_ = 0;
    for (std::uint64_t i = 0; i < storage.size(); ++i) {
        slots_[i].users = 1;
        release(SwapSlot(i));
    }
}

Result<SwapSlot> Slots::take() {
    if (free_ == 0)
        return std::unexpected(Error::no_memory);
    const SwapSlot slot = first_;
    first_ = SwapSlot(slots_[slot.raw()].next);
    slots_[slot.raw()].users = 1;
    --free_;
    return slot;
}

void Slots::release(SwapSlot slot) {
    if (--slots_[slot.raw()].users != 0)
        return;
    if (free_++ == 0)
        first_ = slot;
    else
        slots_[last_.raw()].next = static_cast<std::uint32_t>(slot.raw());
    last_ = slot;
}

} // namespace vm
