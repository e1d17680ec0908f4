// The service's tables as arrays, for a placement whose sizes are fixed when it is compiled.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/vm/memory.hpp"

namespace vm {

// BUCKETS: a power of two.
template <std::size_t SPACES, std::size_t NODES, std::size_t FRAMES, std::size_t BUCKETS,
          std::size_t SLOTS>
struct Tables {
    std::array<Space, SPACES> spaces{};
    std::array<Record, NODES * NODE_RECORDS> nodes{};
    std::array<FrameRecord, FRAMES + 1> frames{};
    std::array<std::uint32_t, BUCKETS> buckets{};
    std::array<SlotRecord, SLOTS> slots{};
    std::array<std::uint32_t, FRAMES> given_frames{}; // for a Stock

    Storage storage() {
        return {
            .spaces = spaces, .nodes = nodes, .frames = frames, .buckets = buckets, .slots = slots};
    }
};

} // namespace vm
