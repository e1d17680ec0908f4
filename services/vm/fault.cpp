// Resolve, frame, fill: compiled once for each placement.
// SPDX-License-Identifier: MIT
//
// Before: fault_dispatch of the kernel. Next: its fault_install.
#include "services/vm/fault.hpp"

extern "C" [[gnu::noipa]] Result<vm::Resolution> fault_resolve(const vm::Regions& regions,
                                                               const Fault& fault) {
    const Page page = Page::containing(fault.address);
    const vm::Region region = TRY(regions.find(page));
    if (!region.rights.allow(fault.access))
        return std::unexpected(Error::not_permitted);
    return vm::Resolution{page, region.rights, region.backing};
}

extern "C" [[gnu::noipa]] Result<vm::FrameName> fault_frame(vm::Frames& frames) {
    return frames.take();
}

extern "C" [[gnu::noipa]] void fault_fill(vm::Frames& frames, vm::FrameName frame,
                                          const vm::Resolution& resolution) {
    switch (resolution.backing) {
    case vm::Backing::anonymous:
        zero_page(frames.bytes(frame));
        return;
    }
}
