// The replacement policies by name.
// SPDX-License-Identifier: MIT
//
// What each does, exactly: docs/virtual-memory.md. One is chosen at boot.
#pragma once

#include "lib/result.hpp"

#include <cstdint>
#include <string_view>

namespace vm {

enum class Policy : std::uint8_t { fifo, clock, lru, mru, own };

// invalid: no policy has this name.
constexpr Result<Policy> policy_named(std::string_view name) {
    if (name == "fifo")
        return Policy::fifo;
    if (name == "clock")
        return Policy::clock;
    if (name == "lru")
        return Policy::lru;
    if (name == "mru")
        return Policy::mru;
    if (name == "own")
        return Policy::own;
    return std::unexpected(Error::invalid);
}

} // namespace vm
