// A program's memory as the two ends of a transfer: pieces of bytes, one behind the other.
// SPDX-License-Identifier: MIT
//
// For every placement that reaches a program's memory by
//   Result<void> copy_to_user(const Space&, VirtAddr destination, Bytes source)
//   Result<void> copy_from_user(const Space&, VirtAddr source, std::span<std::byte> destination)
// which move all or nothing, and say not_mapped where a page is not there now. SPACE may be a
// reference. A piece that could not be moved wholly was not moved at all.
#pragma once

#include "lib/address.hpp"
#include "lib/codec.hpp"
#include "lib/result.hpp"

#include <cstddef>
#include <span>

// io::Destination.
template <class Space>
class PiecewiseDestination {
public:
    PiecewiseDestination(Space space, VirtAddr start) : space_(space), start_(start) {}
    Result<void> put(Bytes piece) {
        const Result<void> copied = copy_to_user(space_, start_ + next_, piece);
        if (copied)
            next_ += piece.size();
        else
            stopped_ = copied.error() == Error::not_mapped;
        return copied;
    }
    std::uint64_t next() const { return next_; }
    bool stopped() const { return stopped_; }

private:
    Space space_;
    VirtAddr start_;
    std::uint64_t next_ = 0;
    bool stopped_ = false;
};

// io::Source.
template <class Space>
class PiecewiseSource {
public:
    PiecewiseSource(Space space, VirtAddr start) : space_(space), start_(start) {}
    Result<void> get(std::span<std::byte> piece) {
        const Result<void> copied = copy_from_user(space_, start_ + next_, piece);
        if (copied)
            next_ += piece.size();
        else
            stopped_ = copied.error() == Error::not_mapped;
        return copied;
    }
    std::uint64_t next() const { return next_; }
    bool stopped() const { return stopped_; }

private:
    Space space_;
    VirtAddr start_;
    std::uint64_t next_ = 0;
    bool stopped_ = false;
};
