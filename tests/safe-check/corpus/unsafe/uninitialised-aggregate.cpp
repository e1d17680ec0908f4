// A struct of numbers, whose local has no first value.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: uninitialised
// breaks: its members are what stood on the stack, and one of them is a length.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

struct Header {
    std::uint64_t magic;
    std::uint64_t count;
    std::array<std::uint64_t, 16> entries;
};

constinit std::uint64_t sum = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Header header;
    for (std::uint64_t i = 0; i < header.count && i < header.entries.size(); ++i)
        sum += header.entries[i];
    return {};
}
