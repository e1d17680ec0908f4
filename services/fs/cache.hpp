// The block cache: the newest contents of the blocks in use, in a fixed number of buffers.
// SPDX-License-Identifier: MIT
//
// Everything above reads and changes blocks here. Who may change a block, and when it goes home, is
// the log's business (log.hpp):
//
//   empty -> clean -> dirty (in the running transaction) -> unwritten (committed, in the log's
//   copy, not at home yet) -> clean
//
// Dirty buffers stay. Clean ones are forgotten, unwritten ones are written home first, when a
// buffer is needed: second chance ("clock"), so that a hit costs one store besides the lookup.
#pragma once

#include "services/fs/layout.hpp"

#include <span>

namespace fs {

enum class BufferState : std::uint8_t { empty, clean, dirty, unwritten };

// One for each buffer; the placement supplies them and looks at nothing.
struct BufferRecord {
    static constexpr std::uint32_t NONE = ~0U;
    std::uint32_t block = 0;
    std::uint32_t bucket = NONE; // first record of the hash chain that has this record's number
    std::uint32_t chain = NONE;  // next record of the chain that this record is in
    std::uint32_t dirty = NONE;  // next record of the running transaction
    BufferState state = BufferState::empty;
    std::uint8_t used = 0; // since the hand came by
};

// A buffer by number. It holds its block until the next `get` or `fresh`, and until the commit when
// it is dirty.
struct Buffer {
    std::uint32_t index = BufferRecord::NONE;
};

template <block::Device D>
class Cache {
public:
    explicit constexpr Cache(D& device) : device_(device) {}

    // BYTES holds one block for each of RECORDS; both are aligned for pages and records.
    Result<void> attach(std::span<std::byte> bytes, std::span<BufferRecord> records) {
        if (records.size() >= BufferRecord::NONE || bytes.size() != records.size() * BLOCK_SIZE)
            return std::unexpected(Error::invalid);
        bytes_ = bytes;
        records_ = records;
        for (BufferRecord& record : records_)
            record = BufferRecord{};
        hand_ = 0;
        return {};
    }

    std::uint32_t size() const { return static_cast<std::uint32_t>(records_.size()); }
    D& device() { return device_; }
    BufferRecord& record(Buffer buffer) { return records_[buffer.index]; }
    BlockBytes bytes(Buffer buffer) {
        return bytes_.subspan(buffer.index * BLOCK_SIZE).template first<BLOCK_SIZE>();
    }

    // BLOCK's contents, read when they are not here. input_output.
    Result<Buffer> get(std::uint32_t block) {
        const Buffer found = find(block);
        if (found.index != BufferRecord::NONE) [[likely]]
            return found;
        const Buffer buffer = TRY(take());
        TRY(device_.read(BlockNumber{block}, bytes(buffer)));
        enter(buffer, block);
        return buffer;
    }

    // A buffer for BLOCK, of zeroes: its contents do not matter.
    Result<Buffer> fresh(std::uint32_t block) {
        Buffer buffer = find(block);
        if (buffer.index == BufferRecord::NONE) {
            buffer = TRY(take());
            enter(buffer, block);
        }
        zero_page(bytes(buffer));
        return buffer;
    }

    // Writes an unwritten buffer home, which is no promise before a flush.
    Result<void> write_home(Buffer buffer) {
        BufferRecord& record = records_[buffer.index];
        TRY(device_.write(BlockNumber{record.block}, bytes(buffer)));
        record.state = BufferState::clean;
        return {};
    }

private:
    Buffer find(std::uint32_t block) {
        std::uint32_t at = records_[block % records_.size()].bucket;
        while (at != BufferRecord::NONE) {
            BufferRecord& record = records_[at];
            if (record.block == block) {
                record.used = 1;
                return {at};
            }
            at = record.chain;
        }
        return {};
    }

    // An empty buffer. no_memory: all are dirty, which the log does not let happen.
    Result<Buffer> take() {
        // Once around to take away the second chances, once more to find one.
        for (std::uint64_t steps = 2 * records_.size(); steps != 0; --steps) {
            const Buffer buffer{hand_};
            BufferRecord& record = records_[hand_];
            hand_ = hand_ + 1 == records_.size() ? 0 : hand_ + 1;
            if (record.state == BufferState::dirty)
                continue;
            if (record.used != 0) {
                record.used = 0;
                continue;
            }
            if (record.state == BufferState::unwritten)
                TRY(write_home(buffer));
            if (record.state == BufferState::clean)
                leave(buffer);
            return buffer;
        }
        return std::unexpected(Error::no_memory);
    }

    void enter(Buffer buffer, std::uint32_t block) {
        BufferRecord& record = records_[buffer.index];
        std::uint32_t& head = records_[block % records_.size()].bucket;
        record.block = block;
        record.state = BufferState::clean;
        record.used = 1;
        record.chain = head;
        head = buffer.index;
    }

    void leave(Buffer buffer) {
        BufferRecord& record = records_[buffer.index];
        std::uint32_t& head = records_[record.block % records_.size()].bucket;
        if (head == buffer.index) {
            head = record.chain;
        } else {
            std::uint32_t at = head;
            while (records_[at].chain != buffer.index)
                at = records_[at].chain;
            records_[at].chain = record.chain;
        }
        record.state = BufferState::empty;
    }

    D& device_;
    std::span<std::byte> bytes_;
    std::span<BufferRecord> records_;
    std::uint32_t hand_ = 0;
};

} // namespace fs
