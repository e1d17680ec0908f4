// A header of the standard library that is not on the list.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: include
// breaks: std::pmr and std::uninitialized_copy work on memory without types.
#include "kernels/spin/interface/extension.hpp"

#include <memory>

namespace {

constinit std::uint64_t word = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::destroy_at(std::addressof(word));
    *std::construct_at(std::addressof(word) + 0x1000, 1);
    return {};
}
