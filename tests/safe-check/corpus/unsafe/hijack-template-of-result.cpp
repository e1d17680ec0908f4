// What a Result is, is redefined for one type before the interface is read.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: foreign-template
// breaks: phys_addr_limit's value and flag, which arrive in two registers, are taken for a view.
#include "lib/result.hpp"

#include <cstdint>
#include <span>

struct View {
    std::span<std::uint64_t> words;
};
template <>
struct ResultOf<std::uint64_t> {
    using type = View;
};

#include "kernels/spin/interface/extension.hpp"

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    phys_addr_limit(quota).words[0] = 1;
    return {};
}
