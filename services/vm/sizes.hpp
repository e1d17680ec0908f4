// How large the service's tables are on a machine of so many frames.
// SPDX-License-Identifier: MIT
//
// For a placement that learns only when it starts how much memory there is. (Where the sizes are
// fixed when it is compiled: tables.hpp.)
#pragma once

#include "services/vm/memory.hpp"

#include <bit>

namespace vm {

inline constexpr std::uint64_t NODES_AT_LEAST = 1024; // of page records: 16 a process
inline constexpr std::uint64_t FRAMES_A_NODE = 8; // and one more for every 8 frames: four times RAM
constexpr std::uint64_t nodes_for(std::uint64_t frames) {
    return NODES_AT_LEAST + frames / FRAMES_A_NODE;
}

// Tables for FRAMES frames and as many SLOTS, beside SPACES. SOURCE.take<T>(count), which returns a
// Result<std::span<T>>, makes each. no_memory.
template <class Source>
Result<Storage> make_storage(std::span<Space> spaces, std::uint64_t frames, std::uint64_t slots,
                             Source& source) {
    return Storage{
        .spaces = spaces,
        .nodes = TRY(source.template take<Record>(nodes_for(frames) * NODE_RECORDS)),
        .frames = TRY(source.template take<FrameRecord>(frames + 1)),
        .buckets = TRY(source.template take<std::uint32_t>(std::bit_floor(frames))),
        .slots = TRY(source.template take<SlotRecord>(slots)),
    };
}

} // namespace vm
