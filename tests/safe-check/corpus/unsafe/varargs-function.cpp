// A function takes arguments that nobody counts.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: varargs
// breaks: the number of words that it reads is its own decision.
#include "kernels/spin/interface/extension.hpp"

#include <cstdarg>

namespace {

std::uint64_t sum(std::uint64_t count, ...) {
    std::va_list words;
    va_start(words, count);
    std::uint64_t all = 0;
    for (std::uint64_t i = 0; i < count; ++i)
        all += va_arg(words, std::uint64_t);
    va_end(words);
    return all;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return sum(1000, 1) == 0 ? Result<void>() : std::unexpected(Error::invalid);
}
