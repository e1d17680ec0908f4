// What is said to a pager, and what it answers.
// SPDX-License-Identifier: MIT
//
//   page_fault, table_wanted
//                sent by the kernel in the name of the thread that faulted; words: address, pc,
//   access.
//                Answer: done with a MapItem, or an error.
//   grow_heap    sent by a program of its wired pager; words: bytes. Answer: done with the heap's
//   old end, or an error.
//
// An error is an abi::ErrorNumber, negated, as label.
#pragma once

#include "abi/micro/ipc.hpp"
#include "lib/fault.hpp"

namespace abi::micro {

namespace label {
inline constexpr std::uint64_t GROW_HEAP = 1; // of the pager for one wired program
} // namespace label

constexpr Message to_message(const Fault& fault) {
    return {label::PAGE_FAULT,
            {fault.address.raw(), fault.pc.raw(), static_cast<std::uint64_t>(fault.access)}};
}
constexpr Fault fault_of(const Message& message) {
    return {VirtAddr(message.words[0]), VirtAddr(message.words[1]),
            static_cast<Access>(message.words[2])};
}

// "Map this page of mine there": the right to a page travels in a message (L4). The sender keeps
// the page.
//
//   word 0   63..12 page of the sender    11..3 zero    2..0 rights (x w r)
//   word 1   63..12 page of the receiver  11..0 zero
struct MapItem {
    Page source;
    Page destination;
    Rights rights;

    constexpr bool operator==(const MapItem&) const = default;
    constexpr Message to_answer() const {
        return {label::DONE, {source.start().raw() | rights.raw(), destination.start().raw()}};
    }
    // Not: a bit is set that must be zero, or rights without read, which Sv39 does not know.
    static constexpr bool is_in(std::uint64_t word0, std::uint64_t word1) {
        const VirtAddr source(word0);
        const Rights rights = Rights::from_raw(word0);
        return source.offset_in_page() == rights.raw() && rights.can_read() &&
               VirtAddr(word1).offset_in_page() == 0;
    }
    static constexpr MapItem from_words(std::uint64_t word0, std::uint64_t word1) {
        return {Page::containing(VirtAddr(word0)), Page::containing(VirtAddr(word1)),
                Rights::from_raw(word0)};
    }
};

static_assert(MapItem{Page(0x58001), Page(0x10800), Rights::read_write()}.to_answer().words[0] ==
              0x58001003);
static_assert(MapItem::from_words(0x58001003, 0x10800000) ==
              MapItem{Page(0x58001), Page(0x10800), Rights::read_write()});
static_assert(MapItem::is_in(0x58001003, 0x10800000) && !MapItem::is_in(0x58001002, 0x10800000));
static_assert(!MapItem::is_in(0x5800100b, 0x10800000)); // bit 3
static_assert(fault_of(to_message({VirtAddr(1), VirtAddr(2), Access::fetch})).access ==
              Access::fetch);

} // namespace abi::micro
