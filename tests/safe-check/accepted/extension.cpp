// Accepted: an extension, which hands its functions to the kernel's interface by name.
// SPDX-License-Identifier: MIT
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/trap.hpp"

namespace {

struct Seen {
    std::uint64_t faults = 0;
};
constinit Seen seen;
constinit spin::FrameQuota frames;

Result<void> page_not_present(const spin::PageNotPresent& event) {
    ++seen.faults;
    if (!event.fault.address.offset_in_page())
        return std::unexpected(Error::bad_address);
    const spin::FrameCapability frame = TRY(phys_addr_allocate(frames));
    zero_page(frame.bytes());
    return translation_add_mapping(event.context, Page::containing(event.fault.address), frame,
                                   Rights::read_write(), event.fault.access);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program& program) {
    frames = quota;
    return translation_install_page_not_present(program.context, page_not_present);
}
