// A pointer to a table's first entry is moved.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: pointer
// breaks: it goes wherever the number says.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<std::uint64_t, 4> table{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::uint64_t* place = &table[0];
    place += 0x10000;
    *place = 1;
    return {};
}
