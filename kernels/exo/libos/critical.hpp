// Critical sections: the end of the slice is put off to their end.
// SPDX-License-Identifier: MIT
//
// What processes share they enter one at a time: not by a lock, but because nobody else runs until
// the section is left, or waits (waiting.hpp). The kernel counts the overrun (Exokernel, SOSP'95,
// section 5.1.1).
#pragma once

#include "waiting.hpp"

extern "C" {
extern std::uint64_t critical;
extern std::uint64_t must_yield;
}

// From here to the end of the block.
class [[nodiscard]] Critical {
public:
    Critical() : before_(critical) { critical = 1; }
    ~Critical() {
        critical = before_;
        if (before_ == 0 && must_yield != 0) [[unlikely]]
            yield_slice();
    }
    Critical(const Critical&) = delete;
    Critical& operator=(const Critical&) = delete;

private:
    std::uint64_t before_;
};
