// A view of an array of an inner block is used after the block.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: GCC gives the array's place on the stack to the next block's array: numbers written
// through the view become the other array's views, which is a forged address.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

using View = std::span<std::uint64_t>;

[[gnu::noinline]] void note(View words, std::uint64_t value) {
    if (words.size() == 8)
        words[0] = value;
}
[[gnu::noinline]] void clear(std::span<View> views) {
    for (const View view : views)
        if (!view.empty())
            view[0] = 0;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const std::uint64_t address = TRY(phys_addr_limit(quota)) << 12;
    View view{};
    {
        std::array<std::uint64_t, 8> first{};
        view = first;
        note(view, 1);
    }
    {
        std::array<View, 4> second{view, view, view, view};
        note(view, address);
        clear(second);
    }
    return {};
}
