// What the virtual memory service calls things by: dense numbers, never pointers.
// SPDX-License-Identifier: MIT
//
// Each number is an index into a table that the placement gave as a span. They are as dense as the
// tables, so that a record of a page is one word and a table of them an array.
#pragma once

#include "lib/number.hpp"

namespace vm {

// A frame that may hold a program's page: 0 .. frame records - 1. The placement knows which one of
// the machine's it is (or which page of a window, or which capability).
using FrameIndex = Number<struct FrameTag>;
// An address space; below 2^16.
using SpaceId = Number<struct SpaceTag>;
// A page's place on the swap device; below 2^32.
using SwapSlot = Number<struct SlotTag>;
// What the placement calls a file, below 2^32. One file has one number for as long as it is held.
using FileId = Number<struct FileTag>;

// What the machine noted about a translation.
struct Usage {
    bool accessed = false; // since clear_accessed, or since it was made
    bool dirty = false;    // stored to since it was made
    constexpr bool operator==(const Usage&) const = default;
};

} // namespace vm
