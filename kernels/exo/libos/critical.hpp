// Critical sections: the end of the slice is put off to their end.
// SPDX-License-Identifier: MIT
//
// What processes share they enter one at a time: not by a lock, but because nobody else runs until
// the section is left, or waits (waiting.hpp). The kernel counts the overrun (Exokernel, SOSP'95,
// section 5.1.1).
#pragma once

#include "waiting.hpp"

#include <atomic>

extern "C" {
extern std::uint64_t critical;
extern std::uint64_t must_yield;
}

// What the compiler may move neither way: the end of a slice is announced between two instructions.
inline void stay_in_order() { std::atomic_signal_fence(std::memory_order_seq_cst); }

inline void enter_critical() {
    critical = 1;
    stay_in_order();
}

// An announcement until `critical` is 0 has set `must_yield`; a later one ends the slice by itself.
inline void leave_critical() {
    stay_in_order();
    critical = 0;
    stay_in_order();
    if (must_yield != 0) [[unlikely]]
        yield_late();
}

// From here to the end of the block.
class [[nodiscard]] Critical {
public:
    Critical() : before_(critical) { enter_critical(); }
    ~Critical() {
        if (before_ == 0)
            leave_critical();
    }
    Critical(const Critical&) = delete;
    Critical& operator=(const Critical&) = delete;

private:
    std::uint64_t before_;
};
