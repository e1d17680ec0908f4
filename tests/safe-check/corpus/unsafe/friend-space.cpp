// The kernel's class Space, which contexts befriend, is defined by the extension.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: it makes a context of any number and generation: others' address spaces are open to it.
#include "kernels/spin/interface/extension.hpp"

class Space {
public:
    static spin::TranslationContext of(std::uint32_t number) { return {number, 1}; }
};

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const spin::FrameCapability frame = TRY(phys_addr_allocate(quota));
    return translation_add_mapping(Space::of(0), Page(0x10), frame, Rights::read_execute(),
                                   Access::fetch);
}
