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
#include "services/fs/table.hpp"

#include <span>

namespace fs {

enum class BufferState : std::uint8_t { empty, clean, dirty, unwritten };

// One for each buffer; the placement supplies them and looks at nothing.
struct BufferRecord {
    static constexpr std::uint32_t NONE = Slot::NONE;
    Slot slot{};                // by block
    std::uint32_t dirty = NONE; // next record of the running transaction
    BufferState state = BufferState::empty;
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
        records_.attach(records);
        return {};
    }

    std::uint32_t size() const { return records_.size(); }
    D& device() { return device_; }
    BufferRecord& record(Buffer buffer) { return records_[buffer.index]; }
    BlockBytes bytes(Buffer buffer) {
        return bytes_.subspan(buffer.index * BLOCK_SIZE).template first<BLOCK_SIZE>();
    }

    // BLOCK's contents, read when they are not here. input_output.
    Result<Buffer> get(std::uint32_t block) {
        const std::uint32_t found = records_.find(block);
        if (found != Slot::NONE) [[likely]]
            return Buffer{found};
        const Buffer buffer = TRY(take());
        TRY(device_.read(BlockNumber{block}, bytes(buffer)));
        enter(buffer, block);
        return buffer;
    }

    // A buffer for BLOCK, of zeroes: its contents do not matter.
    Result<Buffer> fresh(std::uint32_t block) {
        Buffer buffer{records_.find(block)};
        if (buffer.index == Slot::NONE) {
            buffer = TRY(take());
            enter(buffer, block);
        }
        zero_page(bytes(buffer));
        return buffer;
    }

    // Writes an unwritten buffer home, which is no promise before a flush.
    Result<void> write_home(Buffer buffer) {
        BufferRecord& record = records_[buffer.index];
        TRY(device_.write(BlockNumber{record.slot.key}, bytes(buffer)));
        record.state = BufferState::clean;
        return {};
    }

private:
    // An empty buffer. no_memory: all are dirty, which the log does not let happen.
    Result<Buffer> take() {
        const Buffer buffer{records_.spare(
            [](const BufferRecord& record) { return record.state == BufferState::dirty; })};
        if (buffer.index == Slot::NONE)
            return std::unexpected(Error::no_memory);
        BufferRecord& taken = records_[buffer.index];
        if (taken.state == BufferState::unwritten)
            TRY(write_home(buffer));
        records_.leave(buffer.index);
        taken.state = BufferState::empty;
        return buffer;
    }

    void enter(Buffer buffer, std::uint32_t block) {
        records_.enter(buffer.index, block);
        records_[buffer.index].state = BufferState::clean;
    }

    D& device_;
    std::span<std::byte> bytes_;
    Table<BufferRecord> records_;
};

} // namespace fs
