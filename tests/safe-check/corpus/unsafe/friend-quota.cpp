// The kernel's class Quota, which quotas befriend, is defined by the extension, with a base.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: it makes a quota of any number: frames are taken on another's account, and mapped.
#include "kernels/spin/interface/extension.hpp"

namespace {

struct Maker {
    std::uint32_t generation = 1;
};

} // namespace

class Quota : Maker {
public:
    spin::FrameQuota of(std::uint32_t number) const { return {number, generation}; }
};

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const spin::FrameQuota quota = Quota().of(2);
    while (phys_addr_allocate(quota)) {
    }
    return {};
}
