// Places services/vm in an extension: frames come from PhysAddr and are called by capability.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/spin/interface/phys_addr.hpp"

namespace vm {

struct Frames {
    using Name = spin::FrameCapability;

    Result<Name> take() { return phys_addr_allocate(); }
    PageBytes bytes(const Name& frame) const { return frame.bytes(); }
};

} // namespace vm
