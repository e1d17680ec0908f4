// A view made of itself through a function, where another function left numbers on the stack.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: uninitialised
// breaks: address and length of the view are the numbers that the caller chose.
#include "kernels/spin/interface/extension.hpp"

#include <array>

using View = std::span<std::uint64_t>;

extern "C" [[gnu::noipa]] View fault_resolve(const View& view) { return view; }

extern "C" [[gnu::noipa]] Result<void> fault_install(std::uint64_t address) {
    std::array<std::uint64_t, 64> numbers{};
    for (std::uint64_t& number : numbers)
        number = address;
    return numbers[63] == address ? Result<void>() : std::unexpected(Error::invalid);
}

extern "C" [[gnu::noipa]] Result<void> fault_resume(std::uint64_t value) {
    View view{fault_resolve(view)};
    view[0] = value;
    return {};
}

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    TRY(fault_install(0xffffffc080200000));
    return fault_resume(0x4141414141414141);
}
