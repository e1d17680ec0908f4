// What the exokernel lets everybody read about a frame: its own book (SOSP'95, section 3).
// SPDX-License-Identifier: MIT
//
// The table stands at EXO_FRAMES of every environment, read-only: the record of frame F at index
// F - EnvironmentPage::first_frame. The kernel keeps no other book of frames.
#pragma once

#include <cstdint>

namespace abi::exo {

struct FrameRecord {
    std::uint32_t epoch;    // how often the frame got a new owner; capabilities name it
    std::uint16_t owner;    // an environment's number; NOBODY; KERNEL
    std::uint16_t pins;     // requests of a device that name it and are not answered yet
    std::uint32_t bindings; // slots of binding tables that stand for it
    std::uint32_t mappings; // page-table entries that name it

    static constexpr std::uint16_t NOBODY = 0;
    static constexpr std::uint16_t KERNEL = 0xffff;

    // Nobody's, and in no use that began while it was somebody's: it may be asked for.
    constexpr bool is_free() const {
        return owner == NOBODY && pins == 0 && bindings == 0 && mappings == 0;
    }
};
static_assert(sizeof(FrameRecord) == 16);

} // namespace abi::exo
