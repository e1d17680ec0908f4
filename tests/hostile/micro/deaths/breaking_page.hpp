// A page whose first touch breaks the pager (pager_at_page.cpp).
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/address_map.h"

#include <cstdint>

inline constexpr std::uint64_t BREAKING_PAGE = MAP_END - SLOT_SIZE;
