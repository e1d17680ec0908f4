// How virtual memory is to behave: what whoever places it, or a command line, may choose.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/vm/policy.hpp"

#include <cstdint>
#include <optional>

namespace vm {

// The least pool: one instruction may need four pages at once, and a policy room to choose.
inline constexpr std::uint64_t LEAST_POOL = 8;

// Page-out begins when fewer than `low` frames are free, and ends when `high` are. 0, 0: evict in
// the fault only.
struct Watermarks {
    std::uint64_t low = 0;
    std::uint64_t high = 0;

    // For a pool of FRAMES; none where it is so small that every frame counts.
    static constexpr Watermarks usual(std::uint64_t frames) { return {frames / 128, frames / 64}; }
};

struct Configuration {
    Policy policy = Policy::clock;
    std::uint64_t pool = ~0ULL;             // at most so many frames hold pages of programs
    std::optional<Watermarks> watermarks{}; // none: the usual ones, of the pool as it is
    // 1: page tables come out of the pool's frames. Where a node of page records is, there may be a
    // table, too, and hardly more of them. 0: they come from elsewhere.
    std::uint64_t tables_a_node = 0;
};

} // namespace vm
