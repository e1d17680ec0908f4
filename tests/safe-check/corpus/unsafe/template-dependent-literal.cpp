// A literal goes through a generic lambda, in which it is a pointer.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: array
// breaks: an index into the lambda's parameter is not checked.
#include "kernels/spin/interface/extension.hpp"

namespace {

constinit std::uint64_t seen = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const auto letter = [](auto text, std::size_t at) { return text[at]; };
    seen = static_cast<unsigned char>(letter("abc", 0x10000));
    return {};
}
