// A guard's destructor, which the compiler calls, writes through a view of what ended before it.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the array of the inner block is gone, and its place is another object's, when the guard
// ends.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

struct Stamp {
    std::span<std::uint64_t> place{};
    ~Stamp() {
        if (!place.empty())
            place[0] = 0x4141414141414141;
    }
};

std::uint64_t work(std::uint64_t seed) {
    Stamp stamp{};
    {
        std::array<std::uint64_t, 8> words{seed};
        stamp.place = words;
    }
    std::array<std::uint64_t, 8> other{seed};
    console_write("other stands where words stood\n");
    return other[seed % 8];
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return work(3) == 0 ? Result<void>() : std::unexpected(Error::invalid);
}
