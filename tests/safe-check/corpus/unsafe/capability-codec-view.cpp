// A template loads what its caller says, and its caller says a span.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: codec
// breaks: two numbers become a view of any memory.
#include "kernels/spin/interface/extension.hpp"

#include "lib/codec.hpp"

#include <array>

namespace {

template <class T>
Result<T> decode(Bytes bytes) {
    return load<T>(bytes, 0);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::array<std::byte, 16> bytes{};
    TRY(store<std::uint64_t>(bytes, 0, 0xffffffc080200000));
    TRY(store<std::uint64_t>(bytes, 8, 0xffffffc080200000));
    const auto view = TRY(decode<std::span<std::uint64_t>>(bytes));
    view[0] = 1;
    return {};
}
