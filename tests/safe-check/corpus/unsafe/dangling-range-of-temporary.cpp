// A loop over a view of something that ends before the loop begins.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: C++23 as GCC 12 has it keeps only the range itself alive, not the table that it shows.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

struct Table {
    std::array<std::uint64_t, 8> words{1, 2, 3, 4, 5, 6, 7, 8};
    std::span<std::uint64_t> all() { return words; }
};

Table make_table() { return {}; }

constinit std::uint64_t sum = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    for (std::uint64_t& word : make_table().all())
        sum += word++;
    return {};
}
