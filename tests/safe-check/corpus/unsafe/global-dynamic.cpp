// A global table is computed before the extension starts.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: global-state
// breaks: nobody runs that: the view stays empty, or somebody does, before anything is checked.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

std::uint64_t early() {
    console_write("before the start\n");
    return 4;
}
std::uint64_t limit = early();

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return limit == 4 ? Result<void>() : std::unexpected(Error::invalid);
}
