// A frame is given back while the disk still writes into it.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: the request goes on on another strand; the frame is a program's when the device comes to
// it.
#include "kernels/spin/interface/disk.hpp"
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

namespace {

struct Shared {
    spin::FrameCapability frame{};
};
constinit Shared shared{};

void read() { static_cast<void>(disk_read(1, shared.frame.bytes())); }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    shared.frame = TRY(phys_addr_allocate(quota));
    TRY(strand_create(quota, read));
    strand_yield();
    return phys_addr_deallocate(shared.frame);
}
