// A private member of a trusted class is named by an explicit instantiation.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: C++ checks no access there: a capability's word is set to what one likes.
#include "kernels/spin/interface/extension.hpp"

namespace {

template <auto Member>
struct Thief {
    friend void set(spin::Reference& reference, std::uint64_t raw) { reference.*Member = raw; }
};
void set(spin::Reference& reference, std::uint64_t raw);

template struct Thief<&spin::Reference::raw_>;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    spin::FrameQuota quota{};
    set(quota, std::uint64_t{1} << 32 | 2);
    TRY(phys_addr_allocate(quota));
    return {};
}
