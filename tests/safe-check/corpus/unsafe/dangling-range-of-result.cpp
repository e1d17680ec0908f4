// A loop over the value of a Result that is a temporary.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: `*f()` is a reference into the temporary; the loop walks over a dead array, and writes
// there.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

Result<std::array<std::uint64_t, 8>> read_row(std::uint64_t row) {
    if (row > 3)
        return std::unexpected(Error::invalid);
    return std::array<std::uint64_t, 8>{row, row, row};
}

constinit std::uint64_t sum = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    for (std::uint64_t& word : *read_row(2))
        sum += word++;
    return {};
}
