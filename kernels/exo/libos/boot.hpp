// Start of ExOS.
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

// entry.S: makes all that processes share, and process 1; what its start finds in a0.
extern "C" std::uint64_t boot();
