// A reference to the error of a Result that is a temporary.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: an Error is read from a dead place, has any value, and an index or a switch goes by it.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

Result<std::uint64_t> fails(std::uint64_t value) {
    if (value > 3)
        return std::unexpected(Error::too_large);
    return value;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const Error& why = fails(4).error();
    console_write("between\n");
    console_write(to_words(why));
    return {};
}
