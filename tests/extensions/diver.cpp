// Goes down its stack and calls the kernel's procedures all the way.
// SPDX-License-Identifier: MIT
//
// To find one that needs more room than there is (kernels/spin/deadline.hpp, KERNEL_STACK_RESERVE).
// PhysAddr to Trap, Disk, Machine and Extension. Loaded again and again by swimmer.cpp, which looks
// for what is lost when it falls.
#include "depth.hpp"

#include "kernels/spin/interface/disk.hpp"
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/machine.hpp"
#include "kernels/spin/interface/strand.hpp"
#include "kernels/spin/interface/trap.hpp"
#include "kernels/spin/interface/virt_addr.hpp"

#include <array>

namespace {

constexpr std::uint64_t SOME_BLOCK = 1; // it is written as it was read
constexpr VirtAddr DATA(0x10001000);

struct alignas(PAGE_SIZE) Block {
    std::array<std::byte, PAGE_SIZE> bytes{};
};

struct Diver {
    spin::FrameQuota quota;
    spin::TranslationContext context;
    Block block;
};
constinit Diver diver;

Result<void> no_fault(const spin::PageNotPresent&) { return std::unexpected(Error::bad_address); }
Outcome no_exception(const spin::Exception&) { return std::unexpected(Error::invalid); }
std::uint64_t no_answer(spin::SystemCall) { return 0; }
spin::FrameCapability no_frame(const spin::Reclaim&) { return {}; }
void nothing() {}

Result<void> ask_for_memory() {
    const spin::FrameCapability frame = TRY(phys_addr_allocate(diver.quota));
    TRY(phys_addr_limit(diver.quota));
    TRY(phys_addr_install_reclaim(diver.quota, 100000, no_frame));
    const spin::TranslationContext context = TRY(translation_create(diver.quota));
    const Page page = Page::containing(DATA);
    TRY(translation_install_page_not_present(context, no_fault));
    TRY(trap_install_exception(context, no_exception));
    TRY(trap_install_system_call(context, nullptr, no_answer));
    TRY(translation_add_mapping(context, page, frame, Rights::read_write(), Access::store));
    TRY(translation_examine_mapping(context, page));
    TRY(virt_addr_write(context, DATA, diver.block.bytes));
    TRY(virt_addr_read(context, DATA, diver.block.bytes));
    TRY(translation_protect_mapping(context, page, Rights::read()));
    TRY(translation_remove_mapping(context, page));
    TRY(translation_destroy(context));
    return phys_addr_deallocate(frame);
}

Result<void> ask_for_strands() {
    TRY(strand_create(diver.quota, nothing));
    strand_yield();
    const spin::StrandReference program = TRY(strand_create_program(diver.quota));
    TRY(strand_set_name(program, "diver"));
    TRY(strand_set_space(program, diver.context));
    TRY(strand_leave_space(program));
    TRY(strand_use(program));
    strand_block_until(strand_deadline_in(1));
    strand_pause();
    return {};
}

void ask_all() {
    Result<void> done = ask_for_memory();
    if (done && disk_block_count() != 0) { // there is a disk
        done = disk_read(SOME_BLOCK, diver.block.bytes);
        if (done)
            done = disk_write(SOME_BLOCK, diver.block.bytes);
    }
    if (!done)
        extension_failed(to_words(done.error()));
    static_cast<void>(ask_for_strands()); // until there are too many
    machine_put("");
    console_write("");
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    diver.quota = quota;
    diver.context = TRY(translation_create(quota));
    static_cast<void>(depth::descend(ask_all, 0));
    return {};
}
