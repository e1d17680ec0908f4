// The class that may make frame capabilities is declared as a friend only: here it is defined.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: foreign-declaration
// breaks: a capability for any frame, the kernel's own among them, whose bytes are then written.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/phys_addr.hpp"
#include "kernels/spin/interface/trap.hpp"
#include "lib/codec.hpp"

class Frames {
public:
    static spin::FrameCapability forge(std::uint64_t number) { return {Frame(number), 0}; }
};

namespace {

Result<void> on_fault(const spin::PageNotPresent&) {
    return store<std::uint64_t>(Frames::forge(0x80200).bytes(), 8, 0x4141414141414141);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program& program) {
    return translation_install_page_not_present(program.context, on_fault);
}
