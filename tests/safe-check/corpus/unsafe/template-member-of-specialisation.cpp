// A class template whose specialisation for one type differs, chosen where nobody looks.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: the checked primary template is harmless; the partial specialisation for arrays makes a
// pointer.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

template <class T>
struct Slot {
    static auto& at(T& value, std::size_t) { return value; }
};
template <class T, std::size_t N>
struct Slot<std::array<T, N>> {
    static auto& at(std::array<T, N>& value, std::size_t i) { return *(value.data() + i); }
};

constinit std::array<std::uint64_t, 4> table{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    Slot<decltype(table)>::at(table, 0x10000) = 1;
    return {};
}
