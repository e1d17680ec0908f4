// The arrow operator of an optional, called by its name.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: pointer
// breaks: it returns the value's address.
#include "kernels/spin/interface/extension.hpp"

#include <optional>

namespace {

constinit std::optional<std::uint64_t> word = 1;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    auto place = word.operator->();
    place[0x10000] = 1;
    return {};
}
