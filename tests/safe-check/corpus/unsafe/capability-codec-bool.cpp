// A byte is loaded as a bool, and is neither true nor false.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: codec
// breaks: GCC computes with a bool as 0 or 1 and indexes a table of two by it, without a check
// that counts.
#include "kernels/spin/interface/extension.hpp"

#include "lib/codec.hpp"

#include <array>

namespace {

struct Flags {
    std::uint32_t count;
    bool is_open;
};

constinit std::array<std::uint64_t, 2> table{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::array<std::byte, sizeof(Flags)> bytes{};
    bytes[4] = std::byte{200};
    const Flags flags = TRY(load<Flags>(bytes, 0));
    table[static_cast<std::size_t>(flags.is_open)] = 1;
    return {};
}
