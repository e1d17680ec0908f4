// What is known of one page of an address space, in one word.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/vm/names.hpp"

namespace vm {

using NodeIndex = Number<struct NodeTag>;

// Bits 63..32 a frame, a slot or a node; bits 1..0 which of these. All zeroes: nothing, and what
// stands at the page follows from its region alone.
class Record {
public:
    constexpr Record() = default;
    static constexpr Record resident(FrameIndex frame) { return Record(frame.raw(), RESIDENT); }
    static constexpr Record swapped(SwapSlot slot) { return Record(slot.raw(), SWAPPED); }
    // In the inner nodes of a tree.
    static constexpr Record inner(NodeIndex node) { return Record(node.raw(), INNER); }

    constexpr bool is_absent() const { return raw_ == 0; }
    constexpr bool is_resident() const { return (raw_ & KIND) == RESIDENT; }
    constexpr bool is_swapped() const { return (raw_ & KIND) == SWAPPED; }
    constexpr FrameIndex frame() const { return FrameIndex(raw_ >> VALUE_SHIFT); }
    constexpr SwapSlot slot() const { return SwapSlot(raw_ >> VALUE_SHIFT); }
    constexpr NodeIndex node() const { return NodeIndex(raw_ >> VALUE_SHIFT); }
    constexpr bool operator==(const Record&) const = default;

private:
    static constexpr std::uint64_t RESIDENT = 1;
    static constexpr std::uint64_t SWAPPED = 2;
    static constexpr std::uint64_t INNER = 3;
    static constexpr std::uint64_t KIND = 3;
    static constexpr unsigned VALUE_SHIFT = 32;

    constexpr Record(std::uint64_t value, std::uint64_t kind) : raw_(value << VALUE_SHIFT | kind) {}
    std::uint64_t raw_ = 0;
};
static_assert(Record::resident(FrameIndex(0xffffffff)).frame() == FrameIndex(0xffffffff));
static_assert(Record::swapped(SwapSlot(7)).is_swapped() && !Record().is_swapped());
static_assert(Record::resident(FrameIndex(0)) != Record());

// How many records a node of the tree has: 512 bytes of them.
inline constexpr std::uint64_t NODE_RECORDS = 64;

} // namespace vm
