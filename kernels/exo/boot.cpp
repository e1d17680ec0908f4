// Start of the exokernel.
// SPDX-License-Identifier: MIT
//
// Before: hal_start in arch/riscv/start.cpp. Next: the first environment, whose library OS does all
// the rest (libos/boot.cpp).
#include "authority.hpp"
#include "devices.hpp"
#include "kernel.hpp"
#include "loader.hpp"

#include "arch/riscv/upcalls.hpp"

constinit Kernel kernel;

namespace {

// The frame table stands in the first of the frames that it describes the rest of. What everybody
// may read of it is what one page table maps: the kernel has no use for more than those 512 MiB.
void adopt_frames(FrameRange memory) {
    constexpr std::uint64_t MOST = sv39::ENTRIES * (PAGE_SIZE / sizeof(FrameRecord));
    const FrameRange range{memory.first, memory.first + std::min(memory.count(), MOST)};
    const std::uint64_t own = pages_to_hold(range.count() * sizeof(FrameRecord));
    kernel.frame_table = {range.first, range.first + own};
    auto* const records = reinterpret_cast<FrameRecord*>(frame_bytes(range.first).data());
    kernel.frames.adopt(range.first + own, {records, range.count() - own});
}

// And everybody may read it.
void expose_frames() {
    kernel.frame_table_map = MUST(kernel.frames.take(EnvironmentId::kernel())); // all is free yet
    zero_page(frame_bytes(kernel.frame_table_map));
    sv39::Table& table = table_in(kernel.frame_table_map);
    for (std::uint64_t i = 0; i < kernel.frame_table.count(); ++i)
        table.entries[i] =
            sv39::Pte::leaf(kernel.frame_table.first + i, sv39::PteFlags::user(Rights::read()));
}

} // namespace

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    kernel.boot = boot;
    kernel.hart.id = boot.hart;
    kernel.hart.stack.frame.hart = &kernel.hart;
    kernel.hart.stack.frame.environment = &kernel.environments.front();
    kernel.hart.stack.frame.table = kernel.environments.data() - 1;
    adopt_hart(kernel.hart);
    csr::write_stvec(reinterpret_cast<std::uint64_t>(trap_vector));
    csr::make_sret_go_to_user();
    csr::enable_timer_interrupt();
    kernel.key = make_key(boot);
    adopt_frames(boot.free_frames);
    expose_frames();
    kernel.disk.start(boot);
    kernel.extents.adopt(kernel.disk.block_count());
    start_devices();
    load_first_environment();
    begin_next_slice();
}
