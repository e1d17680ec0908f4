// Bytes of one's own as the two ends of a transfer.
// SPDX-License-Identifier: MIT
//
// For what reads a file for itself, such as the head of a program. A piece that does not fit is
// invalid: whoever made the buffer asked for more than it holds.
#pragma once

#include "lib/memory.hpp"
#include "services/io/transfer.hpp"

namespace io {

class BufferDestination {
public:
    explicit constexpr BufferDestination(std::span<std::byte> room) : room_(room) {}
    Result<void> put(Bytes piece) {
        if (piece.size() > room_.size() - next_)
            return std::unexpected(Error::invalid);
        copy_across_domains(room_.subspan(next_, piece.size()), piece);
        next_ += piece.size();
        return {};
    }
    std::uint64_t next() const { return next_; }
    bool stopped() const { return false; } // what does not fit now never will

private:
    std::span<std::byte> room_;
    std::uint64_t next_ = 0;
};

class BufferSource {
public:
    explicit constexpr BufferSource(Bytes bytes) : bytes_(bytes) {}
    Result<void> get(std::span<std::byte> piece) {
        if (piece.size() > bytes_.size() - next_)
            return std::unexpected(Error::invalid);
        copy_across_domains(piece, bytes_.subspan(next_, piece.size()));
        next_ += piece.size();
        return {};
    }
    std::uint64_t next() const { return next_; }
    bool stopped() const { return false; } // what does not fit now never will

private:
    Bytes bytes_;
    std::uint64_t next_ = 0;
};

static_assert(Destination<BufferDestination> && Source<BufferSource>);

} // namespace io
