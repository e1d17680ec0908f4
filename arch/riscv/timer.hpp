// The timer: one deadline a hart.
// SPDX-License-Identifier: MIT
//
// Two files implement it, and the build links one: timer_sbi.cpp (the CLINT, which only M-mode
// reaches, through the firmware; the default machine) and timer_sstc.cpp (stimecmp, written here).
// When the deadline passes, on_timer is called, or idle_until_interrupt (idle.hpp) returns.
#pragma once

#include <cstdint>

namespace timer {

inline constexpr std::uint64_t NEVER = ~0ULL;

// The present time, in ticks of BootInfo::timebase a second.
std::uint64_t now();
// Sets the deadline (in the same ticks), replacing the one before; NEVER disarms.
void arm(std::uint64_t deadline);

// The deadline that is TICKS away; NEVER, when `time` cannot count so far.
inline std::uint64_t deadline_in(std::uint64_t ticks) {
    const std::uint64_t present = now();
    return ticks < NEVER - present ? present + ticks : NEVER;
}

} // namespace timer
