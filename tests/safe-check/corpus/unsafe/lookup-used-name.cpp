// A using-directive in a block brings the library's names in without a prefix.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: raw-memory
// breaks: addressof makes a pointer, and no `&` is to be seen.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <memory>

namespace {

constinit std::array<std::uint64_t, 4> table{};

void spoil() {
    using namespace std;
    addressof(table[0])[0x10000] = 1;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    spoil();
    return {};
}
