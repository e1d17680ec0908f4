// The address of a table's first entry, by a name that argument-dependent lookup finds.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: begin-data
// breaks: `data(table)` is std::data: an index into what it returns is not checked.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::array<std::uint64_t, 4> table{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    data(table)[0x10000] = 1;
    return {};
}
