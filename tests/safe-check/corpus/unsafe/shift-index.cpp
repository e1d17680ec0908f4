// A shift by more than the width of its type makes a mask.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: undefined in C++: the machine uses the low five bits, so a place beyond the mask passes
// as owned, and a compiler may drop the check of the index, which only counts below 32 would
// reach.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<spin::FrameCapability, 32> frames{};
constinit std::uint32_t owned = 1;

bool owns(std::uint32_t place) { return (owned & (std::uint32_t{1} << place)) != 0; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    frames[0] = TRY(phys_addr_allocate(quota));
    std::uint32_t place = 32;
    while (owns(place))
        place += 32;
    return phys_addr_deallocate(frames[place]);
}
