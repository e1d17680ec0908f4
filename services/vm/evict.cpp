// Replacement: choosing a victim, and keeping what it held.
// SPDX-License-Identifier: MIT
//
// Before: the frame stage of a fault, or the placement's page-out. What a page holds is dropped if
// it can be had again (zeroes, a file, a clean copy in swap), else written first.
#include "services/vm/policies/clock.hpp"
#include "services/vm/policies/fifo.hpp"
#include "services/vm/policies/lru.hpp"
#include "services/vm/policies/mru.hpp"
#include "services/vm/policies/own.hpp"
#include "services/vm/users.hpp"

namespace vm {

// The queue as policies see it.
struct Memory::Queue {
    Memory& memory;
    FrameIndex kept;

    FrameIndex oldest() const { return memory.core_.oldest(); }
    FrameIndex newest() const { return memory.core_.newest(); }
    FrameIndex ring() const { return memory.core_.ring(); }
    FrameIndex newer(FrameIndex frame) const { return memory.core_.newer(frame); }
    FrameIndex older(FrameIndex frame) const { return memory.core_.older(frame); }
    void move_to_newest(FrameIndex frame) { memory.core_.move_to_newest(frame); }
    void move_to_oldest(FrameIndex frame) { memory.core_.move_to_oldest(frame); }
    bool test_and_clear_accessed(FrameIndex frame) { return memory.test_and_clear_accessed(frame); }
    std::uint8_t age(FrameIndex frame) const { return memory.core_[frame].age; }
    void set_age(FrameIndex frame, std::uint8_t age) { memory.core_[frame].age = age; }
    bool is_kept(FrameIndex frame) const { return frame == kept; }
    // Out of line: whatever is tried there, the others stay what they are, instruction by
    // instruction.
    [[gnu::noinline]] FrameIndex choose_own() { return own::choose(*this); }
};

bool Memory::test_and_clear_accessed(FrameIndex frame) {
    bool accessed = false;
    for_each_user(frame, [&](SpaceId space, Page page) {
        if (!translations.usage(space, page).accessed)
            return;
        accessed = true;
        translations.clear_accessed(space, page);
    });
    return accessed;
}

FrameIndex Memory::choose_victim(FrameIndex kept) {
    Queue queue{*this, kept};
    switch (policy_) {
    case Policy::fifo:
        return fifo::choose(queue);
    case Policy::clock:
        return clock::choose(queue);
    case Policy::lru:
        return lru::choose(queue);
    case Policy::mru:
        return mru::choose(queue);
    case Policy::own:
        break;
    }
    return queue.choose_own();
}

// A frame that holds nothing any more; the placement has not got it back. KEPT is not chosen.
// no_memory: there is no victim, or no slot for any; input_output.
Result<FrameIndex> Memory::evict(FrameIndex kept) {
    Result<FrameIndex> chosen = evict_by_choice(kept);
    // A device that takes nothing: to look for clean pages would only make everybody take the few
    // that there are from each other, for ever.
    if (chosen || chosen.error() == Error::input_output)
        return chosen;
    return evict_what_can_be_saved(kept);
}

// The same, of what the policy chooses: the work has a bound. no_memory, too: no choice could be
// saved; input_output: the device refused each of them.
Result<FrameIndex> Memory::evict_by_choice(FrameIndex kept) {
    constexpr int CHOICES = 8; // when victims cannot be saved
    int failures = 0;          // of the device
    for (int choice = 0; choice < CHOICES; ++choice) {
        const FrameIndex victim = choose_victim(kept);
        if (victim == core_.ring())
            break;
        const Result<void> saved = save(victim);
        if (saved) [[likely]]
            return emptied(victim);
        failures += saved.error() == Error::input_output ? 1 : 0;
        core_.move_to_newest(victim);
    }
    return std::unexpected(failures == CHOICES ? Error::input_output : Error::no_memory);
}

// A frame for the page that faulted; KEPT is not chosen. Where an outsider uses the victim's frame,
// too, this Memory gives up its part of it, and may take another frame for that.
Result<FrameIndex> Memory::evict_in_fault(FrameIndex kept) {
    for (;;) {
        Result<FrameIndex> frame = evict(kept);
        if (!frame) {
            translations.settle(); // nothing will be installed
            return frame;
        }
        ++counters_.evictions_in_fault;
        if (!frames.is_shared(*frame)) [[likely]]
            return frame;
        frames.give(*frame);
        Result<FrameIndex> taken = frames.take();
        if (taken)
            return taken;
    }
}

FrameIndex Memory::emptied(FrameIndex frame) {
    core_.remove(frame);
    ++counters_.evictions;
    return frame;
}

// The swap device is full, and the policy's victims cannot be saved: the oldest that can. There is
// one as long as commitment is within its limit and the device well.
Result<FrameIndex> Memory::evict_what_can_be_saved(FrameIndex kept) {
    Error why = Error::no_memory;
    FrameIndex next = core_.oldest();
    while (next != core_.ring()) {
        const FrameIndex candidate = next;
        next = core_.newer(candidate);
        if (candidate == kept)
            continue;
        const Result<void> saved = save(candidate);
        if (saved)
            return emptied(candidate);
        if (saved.error() == Error::input_output)
            why = Error::input_output; // a well device would have made room
    }
    return std::unexpected(why);
}

// Takes FRAME away from its users; what it held can be had again after that. On an error it is
// resident still, for all its users.
Result<void> Memory::save(FrameIndex frame) {
    FrameRecord& record = core_[frame];
    for_each_user(frame, [&](SpaceId space, Page page) {
        note_usage(frame, translations.unmap(space, page));
    });
    Record left{}; // in place of the frame
    if (record.is_of_file()) {
        // no_space: its block was claimed, and then the file was cut under its mapping. What was
        // stored is lost, and not the frame as well.
        const Result<void> written = write_to_file(frame);
        if (!written && written.error() != Error::no_space)
            return written;
    } else {
        if (record.has(FrameRecord::DIRTY))
            TRY(write_to_swap(frame));
        if (record.has(FrameRecord::HAS_SLOT)) {
            left = Record::swapped(record.slot());
            // The frame's part in the slot goes over to one page record; the others need one each.
            for (std::uint64_t i = 1; i < record.users; ++i)
                slots_.share(record.slot());
        }
    }
    for_each_user(frame, [&](SpaceId space, Page page) {
        spaces_[space.raw()].pages.at(nodes_, page) = left;
    });
    return {};
}

Result<void> Memory::write_to_file(FrameIndex frame) {
    FrameRecord& record = core_[frame];
    if (!record.has(FrameRecord::DIRTY))
        return {};
    TRY(files.write_page(record.file(), record.page, record.file_bytes, frames.bytes(frame)));
    record.clear(FrameRecord::DIRTY);
    ++counters_.file_writes;
    return {};
}

Result<void> Memory::write_to_swap(FrameIndex frame) {
    FrameRecord& record = core_[frame];
    const SwapSlot slot = TRY(slot_for(frame));
    TRY(swap.write(slot, frames.bytes(frame)));
    record.clear(FrameRecord::DIRTY);
    ++counters_.swap_writes;
    return {};
}

// A slot that only FRAME has a part in: its own, or a new one.
Result<SwapSlot> Memory::slot_for(FrameIndex frame) {
    FrameRecord& record = core_[frame];
    if (record.has(FrameRecord::HAS_SLOT)) {
        if (slots_.users(record.slot()) == 1)
            return record.slot();
        forget_slot(record);
    }
    drop_copies_in_swap();
    const SwapSlot slot = TRY(slots_.take());
    record.backing = static_cast<std::uint32_t>(slot.raw());
    record.set(FrameRecord::HAS_SLOT);
    return slot;
}

// Until a slot is free, resident pages lose their copies in swap, oldest first. (A slot may be the
// copy of two frames, which came from it one after the other.)
void Memory::drop_copies_in_swap() {
    for (FrameIndex frame = core_.oldest(); frame != core_.ring() && slots_.free_count() == 0;
         frame = core_.newer(frame))
        if (core_[frame].has(FrameRecord::HAS_SLOT))
            forget_slot(core_[frame]);
}

// From now on RECORD's frame is the only one with its contents.
void Memory::forget_slot(FrameRecord& record) {
    slots_.release(record.slot());
    record.backing = 0;
    record.clear(FrameRecord::HAS_SLOT);
    record.set(FrameRecord::DIRTY);
}

void Memory::note_usage(FrameIndex frame, Usage usage) {
    if (usage.dirty)
        core_[frame].set(FrameRecord::DIRTY);
}

Result<void> Memory::drop_user(FrameIndex frame) {
    FrameRecord& record = core_[frame];
    record.users -= 1;
    if (record.users != 0)
        return {};
    const Result<void> written = record.is_of_file() ? write_to_file(frame) : Result<void>();
    if (record.has(FrameRecord::HAS_SLOT))
        slots_.release(record.slot());
    core_.remove(frame);
    frames.give(frame);
    return written;
}

} // namespace vm
