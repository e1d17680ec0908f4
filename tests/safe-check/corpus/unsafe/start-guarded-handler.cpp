// A stage name that the extension defines with a result of another type than the stage has.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: linkage
// breaks: who calls fault_resolve by its declared type reads registers that were never set: an
// error's bytes become a view.
#include "lib/result.hpp"

#include <cstdint>
#include <span>

#include "kernels/spin/interface/phys_addr.hpp"

extern "C" [[gnu::noipa]] std::span<std::uint64_t> fault_resolve(std::uint64_t start,
                                                                 std::span<std::uint64_t> rest) {
    return rest.subspan(start % 4);
}

namespace spin {

struct Program;

} // namespace spin

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) { return {}; }
