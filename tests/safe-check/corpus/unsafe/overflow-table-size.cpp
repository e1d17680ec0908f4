// A table of so many entries is asked for that their bytes wrap around to a few.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: make_table multiplies without a check: one page is granted, and the span over it has
// 2^60 entries; while they are zeroed, all memory behind the page is.
#include "kernels/spin/interface/extension.hpp"

namespace {

constinit std::span<std::uint64_t> words{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    words = TRY(spin::make_table<std::uint64_t>(quota, (std::uint64_t{1} << 61) + 1));
    words[0x10000] = 1;
    return {};
}
