// Taking and releasing swap slots.
// SPDX-License-Identifier: MIT
#include "services/vm/slots.hpp"

namespace vm {

void Slots::adopt(std::span<SlotRecord> storage) {
    slots_ = storage;
    unused_from_ = 0;
    listed_ = 0;
}

Result<SwapSlot> Slots::take() {
    if (free_count() == 0)
        return std::unexpected(Error::no_memory);
    SwapSlot slot = first_;
    if (unused_from_ != slots_.size()) {
        slot = SwapSlot(unused_from_++);
    } else {
        first_ = SwapSlot(slots_[slot.raw()].next);
        --listed_;
    }
    slots_[slot.raw()].users = 1;
    return slot;
}

void Slots::release(SwapSlot slot) {
    if (--slots_[slot.raw()].users != 0)
        return;
    if (listed_++ == 0)
        first_ = slot;
    else
        slots_[last_.raw()].next = static_cast<std::uint32_t>(slot.raw());
    last_ = slot;
}

} // namespace vm
