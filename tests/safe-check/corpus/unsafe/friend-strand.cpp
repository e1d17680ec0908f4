// The kernel's struct Strand, which strand references befriend, is defined by the extension.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: any strand's registers are set, and a strand that runs for others stops.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

struct Strand {
    spin::StrandReference reference;
    explicit Strand(std::uint32_t number) : reference(number, 1) {}
};

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    for (std::uint32_t number = 0; number < spin::STRANDS; ++number)
        static_cast<void>(strand_set_registers(Strand(number).reference, {}));
    return {};
}
