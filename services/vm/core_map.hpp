// The core map: a record for every frame, the queue of resident frames, the frames of files.
// SPDX-License-Identifier: MIT
//
//   oldest <-> ... <-> newest      in the order in which they were loaded, all policies share it
//   hash(file, index in file) -> frame -> next_in_bucket -> ...
//
// After: a fault's frame stage appends. Policies look at the queue, and reorder it, when they
// choose a victim.
#pragma once

#include "lib/address.hpp"
#include "lib/result.hpp"
#include "services/vm/frame_record.hpp"

#include <span>

namespace vm {

// Which page of which file, and how many bytes of it are meant: what two regions must agree in to
// share a frame.
struct FilePage {
    FileId file;
    std::uint64_t index = 0;
    std::uint64_t bytes = 0;
    constexpr bool operator==(const FilePage&) const = default;
};

class CoreMap {
public:
    static constexpr FrameIndex NONE{0xffffffff}; // a number that no frame has

    // RECORDS: one for each frame, and one more, which closes the queue to a ring. BUCKETS: a power
    // of two of them. invalid: they are not.
    Result<void> adopt(std::span<FrameRecord> records, std::span<std::uint32_t> buckets);

    FrameRecord& operator[](FrameIndex frame) { return records_[frame.raw()]; }
    const FrameRecord& operator[](FrameIndex frame) const { return records_[frame.raw()]; }
    std::uint64_t frames() const { return ring_.raw(); }
    std::uint64_t resident() const { return resident_; }

    // The queue. Its end, in both directions, is `ring()`.
    FrameIndex ring() const { return ring_; }
    FrameIndex oldest() const { return newer(ring_); }
    FrameIndex newest() const { return newest_; }
    FrameIndex newer(FrameIndex frame) const { return FrameIndex(records_[frame.raw()].newer); }
    FrameIndex older(FrameIndex frame) const { return FrameIndex(records_[frame.raw()].older); }

    // FRAME becomes resident, the newest, and private: PAGE of SPACE and nobody else's, with no
    // copy in swap. Every fault that takes a frame comes here.
    FrameRecord& insert(FrameIndex frame, SpaceId space, Page page) {
        FrameRecord& record = records_[frame.raw()];
        record.page = static_cast<std::uint32_t>(page.number());
        record.file_bytes = 0;
        record.users = 1;
        record.space = static_cast<std::uint16_t>(space.raw());
        record.age = 0;
        record.flags = 0;
        append(frame, record);
        ++resident_;
        return record;
    }
    // FRAME is resident no more.
    void remove(FrameIndex frame);
    void move_to_newest(FrameIndex frame) {
        unlink(frame);
        append(frame, records_[frame.raw()]);
    }
    void move_to_oldest(FrameIndex frame);

    // The resident frame that holds PAGE, or NONE.
    FrameIndex find(const FilePage& page) const;
    // FRAME, which is resident, holds PAGE: it can be found from now on, until it is removed.
    void publish(FrameIndex frame, const FilePage& page);

private:
    void append(FrameIndex frame, FrameRecord& record) {
        record.older = static_cast<std::uint32_t>(newest_.raw());
        record.newer = static_cast<std::uint32_t>(ring_.raw());
        records_[newest_.raw()].newer = static_cast<std::uint32_t>(frame.raw());
        newest_ = frame;
    }
    void unlink(FrameIndex frame);
    void conceal(FrameIndex frame);
    std::uint32_t& bucket(FileId file, std::uint64_t index) const;

    std::span<FrameRecord> records_;
    std::span<std::uint32_t> buckets_;
    FrameIndex ring_;   // the record that closes the ring: its `newer` is the oldest frame
    FrameIndex newest_; // ring_, if the queue is empty
    std::uint64_t resident_ = 0;
};

} // namespace vm
