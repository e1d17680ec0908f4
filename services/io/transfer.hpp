// Where bytes of a read go, and where bytes of a write come from, without knowing whose they are.
// SPDX-License-Identifier: MIT
//
// A file system or a pipe moves bytes between itself and a program through these. Every image has
// two of each: a program's memory (in a kernel by its page table, in a server by a window or a
// shared page), and bytes of the image's own (buffer.hpp). not_mapped: the program's page is not
// there now; nothing of this piece was moved, and the caller may mend that and ask again for the
// rest, from `next` on. bad_address: the program has no such memory.
#pragma once

#include "lib/codec.hpp"

#include <concepts>
#include <cstddef>
#include <span>

namespace io {

// What both say of how far they came.
template <class T>
concept Transfer = requires(const T& transfer) {
    // Bytes that were moved since it began, which is where the next piece belongs.
    { transfer.next() } -> std::same_as<std::uint64_t>;
    // Whether a piece was refused that may be had later (not_mapped). Else who moved less than was
    // wanted had no more, or no such memory.
    { transfer.stopped() } -> std::same_as<bool>;
};

// Takes BYTES as the next piece of what was asked for.
template <class D>
concept Destination = Transfer<D> && requires(D& destination, Bytes bytes) {
    { destination.put(bytes) } -> std::same_as<Result<void>>;
};

// Fills BYTES with the next piece of what is offered.
template <class S>
concept Source = Transfer<S> && requires(S& source, std::span<std::byte> bytes) {
    { source.get(bytes) } -> std::same_as<Result<void>>;
};

} // namespace io
