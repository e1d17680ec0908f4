// Bytes become a struct that derives from a capability.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: codec
// breaks: load takes any type whose bytes may be copied; the base class is a capability out of
// numbers.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/codec.hpp"

#include <array>

namespace {

struct Ticket : spin::StrandReference {
    std::uint64_t count = 0;
};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::array<std::byte, 16> bytes{};
    TRY(store<std::uint64_t>(bytes, 0, std::uint64_t{1} << 32 | 3));
    const Ticket ticket = TRY(load<Ticket>(bytes, 0));
    return strand_block(ticket);
}
