// Falls while the disk writes into its memory, and while another of its strands waits for the disk.
// SPDX-License-Identifier: MIT
//
// The boot word `victim=frame` or `victim=memory` says into which kind. Judged by judge.cpp.
#include "kernels/spin/interface/disk.hpp"
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/machine.hpp"
#include "kernels/spin/interface/strand.hpp"

namespace {

struct Victim {
    spin::FrameCapability frame;
    std::span<std::byte> memory;
    bool is_read_into_frame = false;
};
constinit Victim victim;

void read() {
    static_cast<void>(disk_read(1, victim.is_read_into_frame ? victim.frame.bytes()
                                                             : victim.memory.first<PAGE_SIZE>()));
    console_write("victim: a request of one that fell came back\n");
}

void fall() { __builtin_trap(); }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    victim.is_read_into_frame = machine_arguments().contains("victim=frame");
    victim.frame = TRY(phys_addr_allocate(quota));
    victim.memory = TRY(extension_memory(quota, PAGE_SIZE));
    TRY(strand_create(quota, read));
    TRY(strand_create(quota, read));
    TRY(strand_create(quota, fall));
    return {};
}
