// The log: operations become durable together or not at all (write-ahead logging, group commit).
// SPDX-License-Identifier: MIT
//
// An operation reserves the most blocks it may change, prepares each before changing it, and is
// then part of the running transaction. A commit makes the transaction durable:
//   1. copies of its blocks to the log's end          2. flush
//   3. a header that counts them, in the place of the older of two headers    4. flush
// Blocks go home later, alone or all together (checkpoint): homes, flush, a header that counts
// nothing, flush. Only after that the log is written from its start again. Mounting recovers:
// whatever the newest whole header counts is copied home, in order (docs/file-system.md).
//
// Every changed block goes through the log, data too; nothing goes home while it is dirty.
#pragma once

#include "services/fs/cache.hpp"
#include "services/fs/superblock.hpp"

namespace fs {

template <block::Device D>
class Log {
public:
    explicit constexpr Log(Cache<D>& cache) : cache_(cache) {}

    // HEADER is a block's worth of memory for the header. Brings everything committed home; the
    // cache must be empty. malformed: no header is whole, or it names impossible blocks.
    Result<void> recover(const Layout& layout, std::span<std::byte> header) {
        layout_ = layout;
        header_ = header;
        limit_ = std::min<std::uint64_t>(layout.log_capacity() / 2, cache_.size() - SPARE_BUFFERS);
        first_dirty_ = last_dirty_ = {};
        dirty_ = 0;
        const std::uint64_t first = TRY(read_header(0)).sequence;
        const std::uint64_t second = TRY(read_header(1)).sequence;
        // A torn header leaves the other one, which tells the state before.
        const std::uint64_t newer = second > first ? 1 : 0;
        if (!TRY(choose(newer)) && !TRY(choose(1 - newer)))
            return std::unexpected(Error::malformed);
        if (used_ == 0)
            return {};
        TRY(replay());
        return clear();
    }

    // Makes room for an operation that changes at most OPERATION_BLOCKS blocks. May commit what
    // went before.
    Result<void> reserve() {
        if (dirty_ + OPERATION_BLOCKS > limit_) [[unlikely]]
            TRY(commit());
        // Between transactions only: a checkpoint must not see dirty blocks.
        if (dirty_ == 0 && layout_.log_capacity() - used_ < limit_) [[unlikely]]
            TRY(checkpoint());
        begun_ = dirty_;
        return {};
    }

    // How many blocks the operation may still add.
    std::uint64_t left() const { return OPERATION_BLOCKS - (dirty_ - begun_); }

    // BLOCK, to be changed. It joins the transaction at once, changed or not.
    Result<Buffer> prepare(std::uint32_t block) {
        const Buffer buffer = TRY(cache_.get(block));
        join(buffer);
        return buffer;
    }

    // BLOCK with zeroes for its contents.
    Result<Buffer> prepare_fresh(std::uint32_t block) {
        const Buffer buffer = TRY(cache_.fresh(block));
        join(buffer);
        return buffer;
    }

    // The running transaction becomes durable. input_output: it goes on running.
    Result<void> commit() {
        if (dirty_ == 0)
            return {};
        std::uint64_t sum = sum_;
        std::uint64_t at = used_;
        for (Buffer i = first_dirty_; i.index != BufferRecord::NONE; i = next(i), ++at) {
            TRY(cache_.device().write(BlockNumber{copy_number(at)}, cache_.bytes(i)));
            sum = checksum_page(sum, cache_.bytes(i));
            // In place: LOG_CAPACITY homes end before the checksum.
            MUST(store(page(), home_offset(at), cache_.record(i).slot.key));
        }
        TRY(cache_.device().flush());
        TRY(write_header(at, sum));
        used_ = at;
        sum_ = sum;
        for (Buffer i = first_dirty_; i.index != BufferRecord::NONE; i = next(i))
            cache_.record(i).state = BufferState::unwritten;
        first_dirty_ = last_dirty_ = {};
        dirty_ = 0;
        return {};
    }

    // Everything committed goes home, and the log is empty. Only between transactions.
    Result<void> checkpoint() {
        if (used_ == 0)
            return {};
        for (std::uint32_t i = 0; i < cache_.size(); ++i)
            if (cache_.record({i}).state == BufferState::unwritten)
                TRY(cache_.write_home({i}));
        TRY(cache_.device().flush());
        return clear();
    }

    std::uint64_t dirty_blocks() const { return dirty_; }

private:
    static constexpr std::uint64_t home_offset(std::uint64_t at) {
        return sizeof(LogHeaderImage) + at * sizeof(std::uint32_t);
    }
    BlockBytes page() { return header_.template first<BLOCK_SIZE>(); }
    BlockNumber header_block(std::uint64_t which) const {
        return BlockNumber{layout_.log_first + which};
    }
    std::uint32_t copy_number(std::uint64_t at) const {
        return static_cast<std::uint32_t>(layout_.log_first + LOG_HEADERS + at);
    }
    Buffer next(Buffer buffer) { return {cache_.record(buffer).dirty}; }

    void join(Buffer buffer) {
        BufferRecord& record = cache_.record(buffer);
        if (record.state == BufferState::dirty)
            return;
        record.state = BufferState::dirty;
        record.dirty = BufferRecord::NONE;
        if (dirty_ == 0)
            first_dirty_ = buffer;
        else
            cache_.record(last_dirty_).dirty = buffer.index;
        last_dirty_ = buffer;
        ++dirty_;
    }

    // The header in place WHICH into the page, believed in nothing yet.
    Result<LogHeaderImage> read_header(std::uint64_t which) {
        TRY(cache_.device().read(header_block(which), page()));
        const LogHeaderImage header = TRY(load<LogHeaderImage>(page(), 0));
        if (header.magic != LOG_MAGIC || header.count > layout_.log_capacity())
            return LogHeaderImage{};
        return header;
    }

    // Goes on from the header in place WHICH, if it and the copies that it counts are whole.
    Result<bool> choose(std::uint64_t which) {
        const LogHeaderImage header = TRY(read_header(which));
        std::uint64_t sum = 0;
        for (std::uint64_t at = 0; at < header.count; ++at)
            sum = checksum_page(sum, cache_.bytes(TRY(cache_.get(copy_number(at)))));
        if (header.magic != LOG_MAGIC || header.sequence % LOG_HEADERS != which ||
            !unseal(page(), sum))
            return false;
        used_ = header.count;
        sequence_ = header.sequence;
        sum_ = sum;
        return true;
    }

    // Copies home whatever the chosen header counts. The order matters: the last copy of a block is
    // the newest.
    Result<void> replay() {
        for (std::uint64_t at = 0; at < used_; ++at)
            if (!layout_.is_home(TRY(load<std::uint32_t>(page(), home_offset(at)))))
                return std::unexpected(Error::malformed);
        for (std::uint64_t at = 0; at < used_; ++at) {
            const Buffer copy = TRY(cache_.get(copy_number(at)));
            const auto home = TRY(load<std::uint32_t>(page(), home_offset(at)));
            TRY(cache_.device().write(BlockNumber{home}, cache_.bytes(copy)));
        }
        return cache_.device().flush();
    }

    // The log counts nothing from here on.
    Result<void> clear() {
        TRY(write_header(0, 0));
        used_ = 0;
        sum_ = 0;
        return {};
    }

    // Headers take turns, so that a torn one leaves the one before.
    Result<void> write_header(std::uint64_t count, std::uint64_t sum) {
        const LogHeaderImage header{.magic = LOG_MAGIC,
                                    .sequence = sequence_ + 1,
                                    .count = static_cast<std::uint32_t>(count),
                                    .reserved = 0};
        MUST(store(page(), 0, header)); // far smaller than a block
        seal(page(), sum);
        TRY(cache_.device().write(header_block(header.sequence % LOG_HEADERS), page()));
        TRY(cache_.device().flush());
        sequence_ = header.sequence;
        return {};
    }

    Cache<D>& cache_;
    Layout layout_;
    std::span<std::byte> header_; // a block: the header, as it was written last
    std::uint64_t limit_ = 0;     // blocks of a transaction
    std::uint64_t used_ = 0;      // copies that the newest header counts
    std::uint64_t sequence_ = 0;  // of the newest header
    std::uint64_t sum_ = 0;       // of these copies
    Buffer first_dirty_;          // the running transaction, in the order of joining
    Buffer last_dirty_;
    std::uint64_t dirty_ = 0; // blocks in it
    std::uint64_t begun_ = 0; // when the operation began
};

} // namespace fs
