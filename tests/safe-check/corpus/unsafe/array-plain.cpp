// A C array in a struct.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: array
// breaks: its index is not checked.
#include "kernels/spin/interface/extension.hpp"

namespace {

struct Table {
    std::uint64_t words[4]{};
};

constinit Table table{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    table.words[TRY(phys_addr_limit(quota))] = 1;
    return {};
}
