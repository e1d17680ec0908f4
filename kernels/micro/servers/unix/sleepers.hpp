// Who sleeps until when.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/unix/names.hpp"

#include <algorithm>
#include <array>
#include <optional>

// Whose request is to be served again at some time, in ticks of `time`.
class Sleepers {
public:
    static constexpr std::uint64_t NEVER = ~0ULL;

    constexpr Sleepers() { deadlines_.fill(NEVER); }
    bool is_empty() const { return count_ == 0; }
    // INDEX, which does not sleep, does so until DEADLINE; if that is NEVER, it is not counted.
    void add(unix::ProcessIndex index, std::uint64_t deadline) {
        deadlines_[index.number()] = deadline;
        count_ += deadline == NEVER ? 0 : 1;
    }
    // INDEX does not sleep any more, if it did.
    void remove(unix::ProcessIndex index) {
        count_ -= deadlines_[index.number()] == NEVER ? 0 : 1;
        deadlines_[index.number()] = NEVER;
    }
    // NEVER: nobody sleeps.
    std::uint64_t nearest() const { return *std::ranges::min_element(deadlines_); }
    // Who is to wake first, if that is NOW; he sleeps no more.
    std::optional<unix::ProcessIndex> take_due(std::uint64_t now);

private:
    std::array<std::uint64_t, unix::PROCESSES> deadlines_; // by process
    std::size_t count_ = 0;
};
