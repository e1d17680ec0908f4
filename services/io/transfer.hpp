// Where bytes of a read go, and where bytes of a write come from, without knowing whose they are.
// SPDX-License-Identifier: MIT
//
// A file system or a pipe moves bytes between itself and a program through these. On the monolithic
// kernel they touch the program's pages; in a server, a message or a shared page; in tests, an
// array. not_mapped: the program's page is not there now; nothing of this piece was moved, and the
// caller may mend that and ask again for the rest. bad_address: the program has no such memory.
#pragma once

#include "lib/codec.hpp"

#include <concepts>
#include <cstddef>
#include <span>

namespace io {

// Takes BYTES as the next piece of what was asked for.
template <class D>
concept Destination = requires(D& destination, Bytes bytes) {
    { destination.put(bytes) } -> std::same_as<Result<void>>;
};

// Fills BYTES with the next piece of what is offered.
template <class S>
concept Source = requires(S& source, std::span<std::byte> bytes) {
    { source.get(bytes) } -> std::same_as<Result<void>>;
};

} // namespace io
