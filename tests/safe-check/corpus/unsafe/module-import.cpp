// A header is imported as a module's unit.
// SPDX-License-Identifier: MIT
//
// gate: compiler
// rule: unknown
// breaks: what stands in the compiled unit is not what the checker reads in the header.
#include "kernels/spin/interface/extension.hpp"

import <array>;

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const std::array<std::uint64_t, 2> words{};
    return words[0] == 0 ? Result<void>() : std::unexpected(Error::invalid);
}
