// A table of records found by number: hashed lookup, and second chance for what is given up.
// SPDX-License-Identifier: MIT
//
// The block cache and the inodes in memory are such tables. The memory is the placement's; each
// record has a member `slot`, which is this file's. A hit costs a few loads and one store.
#pragma once

#include <cstdint>
#include <span>

namespace fs {

struct Slot {
    static constexpr std::uint32_t NONE = ~0U;
    std::uint32_t key = NONE;    // NONE: the record holds nothing
    std::uint32_t bucket = NONE; // first record of the chain that has this record's index
    std::uint32_t chain = NONE;  // next record of the chain that this record is in
    std::uint8_t used = 0;       // since the hand came by
};

template <class Record>
class Table {
public:
    // Forgets everything.
    void attach(std::span<Record> records) {
        records_ = records;
        hand_ = 0;
        size_ = 0;
        for (Record& record : records_) {
            record = Record{};
            ++size_;
        }
    }

    std::uint32_t size() const { return size_; }
    Record& operator[](std::uint32_t index) { return records_[index]; }
    const Record& operator[](std::uint32_t index) const { return records_[index]; }

    // Where KEY is; NONE: nowhere.
    std::uint32_t find(std::uint32_t key) {
        std::uint32_t at = records_[key % size_].slot.bucket;
        while (at != Slot::NONE && records_[at].slot.key != key)
            at = records_[at].slot.chain;
        if (at != Slot::NONE)
            records_[at].slot.used = 1;
        return at;
    }

    // The record INDEX, which holds nothing, is found by KEY from now on.
    void enter(std::uint32_t index, std::uint32_t key) {
        Slot& bucket = records_[key % size_].slot;
        Slot& entered = records_[index].slot;
        entered.key = key;
        entered.used = 1;
        entered.chain = bucket.bucket;
        bucket.bucket = index;
    }

    // The record INDEX holds nothing from now on, whatever it held.
    void leave(std::uint32_t index) {
        Slot& left = records_[index].slot;
        if (left.key == Slot::NONE)
            return;
        Slot& bucket = records_[left.key % size_].slot;
        std::uint32_t at = bucket.bucket;
        if (at == index)
            bucket.bucket = left.chain;
        while (at != index) {
            Slot& before = records_[at].slot;
            at = before.chain;
            if (at == index)
                before.chain = left.chain;
        }
        left.key = Slot::NONE;
        left.used = 0;
    }

    // A record that is not BUSY and was not used for a round of the hand; NONE: all are busy.
    template <class Busy>
    std::uint32_t spare(Busy busy) {
        // Once around to take away the second chances, once more to find one.
        for (std::uint64_t steps = 2ULL * size_; steps != 0; --steps) {
            const std::uint32_t index = hand_;
            hand_ = hand_ + 1 == size_ ? 0 : hand_ + 1;
            if (busy(records_[index]))
                continue;
            if (records_[index].slot.used == 0)
                return index;
            records_[index].slot.used = 0;
        }
        return Slot::NONE;
    }

private:
    std::span<Record> records_;
    std::uint32_t size_ = 0;
    std::uint32_t hand_ = 0;
};

} // namespace fs
