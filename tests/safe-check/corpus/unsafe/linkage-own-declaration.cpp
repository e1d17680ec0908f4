// A procedure of the kernel's is declared under another type, without its header.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: linkage
// breaks: extension_memory's error is taken for a view: its bytes are an address and a length.
#include "kernels/spin/interface/phys_addr.hpp"

namespace spin {

struct Program;

} // namespace spin

extern "C" std::span<std::uint64_t> strand_registers(std::uint64_t reference);

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    strand_registers(quota.raw())[0] = 1;
    return {};
}
