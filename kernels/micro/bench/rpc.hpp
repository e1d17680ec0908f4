// What a client says to the server that answers it at once (answerer.cpp, rpc.cpp).
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

inline constexpr std::uint64_t RPC_NULL = 1;
inline constexpr std::uint64_t RPC_TEN_WORDS_FROM_NOW = 2;
