// A string_view is made shorter by more than its length.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: libstdc++ 12 does not check remove_suffix: the length wraps, and all memory above can be
// read.
#include "kernels/spin/interface/extension.hpp"

namespace {

constinit std::uint64_t seen = 0;

char letter(std::string_view text, std::size_t cut, std::size_t at) {
    text.remove_suffix(cut);
    return text[at];
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    seen = static_cast<unsigned char>(letter("abc", 4, 0x1000));
    return {};
}
