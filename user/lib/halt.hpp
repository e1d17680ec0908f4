// How a program asks process 1 to switch the machine off.
// SPDX-License-Identifier: MIT
//
// When a process that is not the shell ends with this status as an orphan, init (programs/init.cpp)
// writes everything to the disk and ends, and the machine with it.
#pragma once

#include <cstdint>

namespace os {

inline constexpr std::int64_t HALT_STATUS = 113;

} // namespace os
