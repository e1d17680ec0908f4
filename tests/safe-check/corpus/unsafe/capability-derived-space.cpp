// A context is forged, and one's own frame mapped over another program's code.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: whoever's address space it is, its program now runs code of the forger's.
#include "kernels/spin/interface/extension.hpp"

namespace {

struct Any : spin::TranslationContext {
    Any(std::uint32_t number, std::uint32_t generation) : TranslationContext(number, generation) {}
};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const spin::FrameCapability frame = TRY(phys_addr_allocate(quota));
    for (std::uint32_t number = 0; number < spin::SPACES; ++number)
        for (std::uint32_t generation = 1; generation < 100; ++generation)
            static_cast<void>(translation_add_mapping(Any(number, generation), Page(0x10), frame,
                                                      Rights::read_execute(), Access::fetch));
    return {};
}
