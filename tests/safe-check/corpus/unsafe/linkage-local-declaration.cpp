// A function is declared inside another one, where hardly anybody looks.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: foreign-declaration
// breaks: a function under a name of one's own choice, with any result: whoever is linked first
// decides what it does with the view.
#include "kernels/spin/interface/extension.hpp"

static void poke(std::span<std::byte> to) {
    extern void copy_across(std::span<std::byte> destination, std::uint64_t source);
    copy_across(to, 0xffffffc080200000);
}

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    poke(TRY(extension_memory(quota, PAGE_SIZE)));
    return {};
}
