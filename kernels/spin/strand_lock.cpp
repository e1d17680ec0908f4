// Blocking inside the trusted kernel, and its lock.
// SPDX-License-Identifier: MIT
//
// Before: placement/disk.cpp. Next: schedule.cpp. Where a system call waits is no matter of this
// file: extensions/unix/waiting.cpp (call_wait).
#include "strand_lock.hpp"

#include "kernel.hpp"
#include "schedule.hpp"

#include <algorithm>

void StrandQueue::join(Strand& strand) {
    const auto end = strands_.begin() + count_;
    if (std::find(strands_.begin(), end, &strand) == end)
        strands_[count_++] = &strand;
}

void StrandQueue::leave(const Strand& strand) {
    const auto end = strands_.begin() + count_;
    count_ =
        static_cast<std::size_t>(std::remove(strands_.begin(), end, &strand) - strands_.begin());
}

void StrandLock::acquire() {
    if (holder_ != nullptr) [[unlikely]]
        wait();
    holder_ = &running_strand();
}

void StrandLock::wait() {
    Strand& self = running_strand();
    waiters_.join(self);
    while (holder_ != nullptr)
        block_strand(self);
    waiters_.leave(self);
}

void StrandLock::release() {
    holder_ = nullptr;
    if (Strand* const first = waiters_.first()) [[unlikely]]
        unblock_strand(*first);
}

// The next one is woken also where STRAND had been, and would have taken its turn. No event is
// raised for that: whose handler it would be may be about to fall.
void StrandLock::forget(const Strand& strand) {
    waiters_.leave(strand);
    if (holder_ == &strand)
        holder_ = nullptr;
    Strand* const first = waiters_.first();
    if (holder_ == nullptr && first != nullptr && first->state == Strand::State::blocked)
        make_ready(*first);
}
