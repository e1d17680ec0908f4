// Pipes: rings of 4,096 bytes, with an end to write and an end to read.
// SPDX-License-Identifier: MIT
//
// Positions count bytes since the beginning and wrap around as 32-bit numbers; a place in the ring
// is a position modulo its size. Up to ATOMIC bytes are written wholly or not at all, so that
// several writers' short messages do not mix.
#pragma once

#include "services/io/transfer.hpp"
#include "services/unix/names.hpp"

#include <algorithm>
#include <array>

namespace unix {

class Pipes {
public:
    static constexpr std::uint32_t BYTES = 4096;
    static constexpr std::uint64_t ATOMIC = 512;

    enum class End : std::uint8_t { reading, writing };

    // STORAGE holds the rings: as many pipes as it has room for, PIPES at most.
    void set_up(std::span<std::byte> storage) { storage_ = storage; }
    std::size_t capacity() const { return std::min(PIPES, storage_.size() / BYTES); }
    std::size_t in_use() const { return in_use_; }

    // too_many: all are in use.
    Result<PipeIndex> create();
    void close(PipeIndex index, End end);
    // Bytes that wait to be read.
    std::uint64_t size(PipeIndex index) const {
        const Pipe& pipe = pipes_[index.number()];
        return pipe.written - pipe.read;
    }

    // Up to COUNT bytes into DESTINATION; 0: nothing is left and nobody writes. would_block.
    template <io::Destination D>
    Result<std::uint64_t> read(PipeIndex index, std::uint64_t count, D& destination);
    // Up to COUNT bytes out of SOURCE, as soon as there is room for all of them or for LEAST: a
    // write begins with ATOMIC, and what is left of it goes on with 1. broken_pipe: nobody reads;
    // would_block.
    template <io::Source S>
    Result<std::uint64_t> write(PipeIndex index, std::uint64_t count, S& source,
                                std::uint64_t least = ATOMIC);

private:
    struct Pipe {
        bool has_reader = false;
        bool has_writer = false;
        std::uint32_t read = 0;    // position of the next byte to read
        std::uint32_t written = 0; // position of the next byte to write; at most BYTES further
    };

    // The bytes from POSITION on, COUNT at most, up to the ring's edge.
    std::span<std::byte> piece(PipeIndex index, std::uint32_t position, std::uint32_t count) {
        const std::uint32_t place = position % BYTES;
        return storage_.subspan(index.number() * BYTES + place, std::min(count, BYTES - place));
    }

    std::span<std::byte> storage_;
    std::array<Pipe, PIPES> pipes_{};
    std::size_t in_use_ = 0;
};

template <io::Destination D>
Result<std::uint64_t> Pipes::read(PipeIndex index, std::uint64_t count, D& destination) {
    Pipe& pipe = pipes_[index.number()];
    const std::uint32_t there = pipe.written - pipe.read;
    if (there == 0 && pipe.has_writer && count != 0)
        return std::unexpected(Error::would_block);
    const auto wanted = static_cast<std::uint32_t>(std::min<std::uint64_t>(count, there));
    std::uint32_t done = 0;
    while (done < wanted) {
        const std::span<std::byte> bytes = piece(index, pipe.read, wanted - done);
        const Result<void> put = destination.put(bytes);
        if (!put && done == 0)
            return std::unexpected(put.error());
        if (!put)
            break;
        done += static_cast<std::uint32_t>(bytes.size());
        pipe.read += static_cast<std::uint32_t>(bytes.size());
    }
    return done;
}

template <io::Source S>
Result<std::uint64_t> Pipes::write(PipeIndex index, std::uint64_t count, S& source,
                                   std::uint64_t least) {
    Pipe& pipe = pipes_[index.number()];
    if (!pipe.has_reader)
        return std::unexpected(Error::broken_pipe);
    const std::uint32_t room = BYTES - (pipe.written - pipe.read);
    if (count != 0 && room < std::min(count, least))
        return std::unexpected(Error::would_block);
    const auto wanted = static_cast<std::uint32_t>(std::min<std::uint64_t>(count, room));
    std::uint32_t done = 0;
    while (done < wanted) {
        const std::span<std::byte> bytes = piece(index, pipe.written + done, wanted - done);
        const Result<void> got = source.get(bytes);
        if (!got && (done == 0 || count <= ATOMIC))
            return std::unexpected(got.error());
        if (!got)
            break;
        done += static_cast<std::uint32_t>(bytes.size());
    }
    pipe.written += done;
    return done;
}

} // namespace unix
