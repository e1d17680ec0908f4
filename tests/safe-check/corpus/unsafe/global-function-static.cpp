// A static local that the first call initialises, without a lock.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: global-state
// breaks: two strands come in at once, where the initialiser waits: the second uses what is half
// made.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <array>

namespace {

std::span<std::uint64_t> slow(std::span<std::uint64_t> words) {
    strand_yield();
    return words;
}

void use() {
    static std::array<std::uint64_t, 8> words{};
    static const std::span<std::uint64_t> view = slow(words);
    view[0] += 1;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    TRY(strand_create(quota, use));
    TRY(strand_create(quota, use));
    return {};
}
