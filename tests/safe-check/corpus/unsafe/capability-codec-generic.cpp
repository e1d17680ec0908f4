// A generic lambda that only std::visit instantiates loads a value of its parameter's type.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: generic-call
// breaks: the type is a capability, and nobody wrote it beside the load.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/codec.hpp"

#include <array>
#include <variant>

namespace {

using Any = std::variant<spin::StrandReference, std::uint64_t>;

Result<void> read_into(Any& value, Bytes bytes) {
    return std::visit(
        [&](auto& held) -> Result<void> {
            held = TRY(load<std::remove_cvref_t<decltype(held)>>(bytes, 0));
            return {};
        },
        value);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::array<std::byte, 8> bytes{};
    TRY(store<std::uint64_t>(bytes, 0, std::uint64_t{1} << 32 | 3));
    Any any = spin::StrandReference();
    return read_into(any, bytes);
}
