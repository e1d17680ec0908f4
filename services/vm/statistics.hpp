// What virtual memory counts.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/vm/resolution.hpp"

namespace vm {

// Events since the start.
struct Counters {
    std::array<std::uint64_t, SUPPLIES> faults{}; // that were filled, by Supply
    std::uint64_t swap_writes = 0;                // pages
    std::uint64_t file_writes = 0;
    std::uint64_t evictions = 0;          // frames taken from pages
    std::uint64_t evictions_in_fault = 0; // of these, those that a fault had to wait for

    constexpr std::uint64_t count(Supply supply) const {
        return faults[static_cast<std::size_t>(supply)];
    }
    constexpr void add(const Counters& others) {
        for (std::size_t i = 0; i < faults.size(); ++i)
            faults[i] += others.faults[i];
        swap_writes += others.swap_writes;
        file_writes += others.file_writes;
        evictions += others.evictions;
        evictions_in_fault += others.evictions_in_fault;
    }
};

struct Statistics {
    Counters counters;
    std::uint64_t pool = 0;        // frames that may hold pages of programs
    std::uint64_t resident = 0;    // frames that do
    std::uint64_t free_frames = 0; // of the placement
    std::uint64_t slots = 0;       // of the swap device
    std::uint64_t free_slots = 0;
    std::uint64_t nodes = 0; // of page records
    std::uint64_t free_nodes = 0;
    std::uint64_t committed = 0; // pages (and tables) that are promised a frame or slot
    std::uint64_t commit_limit = 0;
    std::uint64_t spaces = 0; // in use
};

} // namespace vm
