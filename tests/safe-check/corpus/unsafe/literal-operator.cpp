// A literal operator gets a literal as address and length.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: pointer
// breaks: the address is a pointer like any other.
#include "kernels/spin/interface/extension.hpp"

namespace {

constexpr char operator""_at(const char* text, std::size_t length) { return text[length + 0x1000]; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return "abc"_at == 'a' ? Result<void>() : std::unexpected(Error::invalid);
}
