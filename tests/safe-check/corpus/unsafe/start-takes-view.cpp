// extension_start with another signature: what the kernel passes becomes a view.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: linkage
// breaks: the quota's word is taken for an address and the program's address for a length.
#include "lib/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

extern "C" Result<void> extension_start(std::span<std::uint64_t> all) {
    all[1] = 0x4141414141414141;
    return {};
}
