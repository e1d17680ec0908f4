// A quota is made out of two numbers, by a class that derives from it.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: another's frames are taken on another's account; with a space made so, its memory is
// mapped.
#include "kernels/spin/interface/extension.hpp"

namespace {

class Quota2 : public spin::FrameQuota {
public:
    Quota2(std::uint32_t number, std::uint32_t generation) : FrameQuota(number, generation) {}
};

Result<std::uint64_t> steal(std::uint32_t number) {
    std::uint64_t count = 0;
    const spin::FrameQuota quota = Quota2(number, 1);
    while (phys_addr_allocate(quota))
        ++count;
    return count;
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    TRY(steal(1));
    return {};
}
