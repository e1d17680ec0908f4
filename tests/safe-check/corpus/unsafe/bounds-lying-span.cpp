// A view with a size of its own, from which the library makes a view that believes it.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: foreign-base
// breaks: the second view reaches over all memory behind frame 0, and its checks are checks against
// that.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/phys_addr.hpp"
#include "kernels/spin/interface/trap.hpp"
#include "lib/codec.hpp"

namespace {

struct Lying : std::span<std::byte> {
    std::size_t size() const { return ~std::size_t{0}; }
};

Result<void> on_fault(const spin::PageNotPresent&) {
    const Lying lying{spin::FrameCapability().bytes()};
    const std::span<std::byte> all(lying);
    return store<std::uint64_t>(all, 0x80200000, 0x4141414141414141);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program& program) {
    return translation_install_page_not_present(program.context, on_fault);
}
