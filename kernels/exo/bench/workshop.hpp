// Slots, frames and addresses that ExOS has no use for, and the means of this kernel without it.
// SPDX-License-Identifier: MIT
//
// A benchmark shares its environment with the library OS that it goes past.
#pragma once

#include "kernels/exo/libos/primitives.hpp"
#include "kernels/exo/libos/slots.hpp"

#include "lib/address.hpp"
#include "user/lib/message.hpp"
#include "user/lib/os.hpp"

namespace workshop {

using abi::exo::Primitive;
using abi::exo::SELF;

// Slots of part 0.
inline constexpr std::uint64_t CALLEE = 226, PIECES = 227, MATERIAL = 233, CODE = 234, FRAME = 235,
                               BOUND = 236, END = 237;
static_assert(CALLEE > slots::SWAP_EXTENT && END <= slots::MAKING &&
              PIECES + abi::exo::FRAMES_TO_CREATE == MATERIAL);

// 2 MiB of addresses: the slot of another program, which is not in this process. The callee has
// its page there, too.
inline constexpr std::uint64_t AREA = 0x20000000;
constexpr std::uint64_t page(std::uint64_t index) { return AREA + index * PAGE_SIZE; }

// RESULT, if it is no error; otherwise the benchmark ends in words.
inline void demand(std::string_view what, const Result<void>& result) {
    if (result)
        return;
    os::report("crossings: ", what, ": ", to_words(result.error()));
    os::exit(1);
}
inline void demand_that(std::string_view what, bool holds) {
    demand(what, holds ? Result<void>() : std::unexpected(Error::invalid));
}

// A free frame, far from those that ExOS takes.
inline Frame free_frame() {
    const std::uint64_t first = environment_page().first_frame;
    const std::uint64_t end = environment_page().frames_end;
    std::uint64_t number = first + (end - first) / 2;
    while (number + 1 < end && frame_record(Frame(number)).owner != abi::exo::FrameRecord::NOBODY)
        ++number;
    return Frame(number);
}
inline void take_frame(std::uint64_t slot) {
    demand("a frame", primitive::allocate(free_frame(), slot));
}

// Its page table.
inline void open_workshop() {
    take_frame(MATERIAL);
    demand("a table", primitive::give_table(SELF, AREA, MATERIAL));
}

inline Page page_at(std::uint64_t address) { return Page::containing(VirtAddr(address)); }
inline std::uint64_t address_of(const void* thing) {
    return reinterpret_cast<std::uint64_t>(thing);
}

} // namespace workshop
