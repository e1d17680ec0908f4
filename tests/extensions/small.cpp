// A small extension that takes one of everything, is used, and breaks.
// SPDX-License-Identifier: MIT
//
// It runs a program of its own making, in a frame of its quota: a store that faults, and is mended
// here; a system call that is answered by going on elsewhere, over what is no instruction; and
// another, in whose handler it breaks.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"
#include "kernels/spin/interface/trap.hpp"

#include "lib/codec.hpp"

#include <array>

namespace {

constexpr VirtAddr CODE(0x10000000);
constexpr VirtAddr ELSEWHERE(0x10000010);
constexpr VirtAddr DATA(0x10001000);
constexpr std::uint32_t STORE_ZERO_AT_A0 = 0x00053023; // sd zero, 0(a0)
constexpr std::uint32_t ECALL = 0x00000073;

struct Small {
    spin::FrameQuota frames;
    spin::TranslationContext context;
    std::uint64_t faults = 0;
    std::uint64_t calls = 0;
    std::array<std::uint64_t, 4> table{};
};
constinit Small small;

Result<void> page_not_present(const spin::PageNotPresent& event) {
    small.faults += 1;
    const spin::FrameCapability frame = TRY(phys_addr_allocate(small.frames));
    zero_page(frame.bytes());
    return translation_add_mapping(event.context, Page::containing(event.fault.address), frame,
                                   Rights::read_write(), event.fault.access);
}

Result<std::uint64_t> go_elsewhere() {
    spin::Registers registers = TRY(strand_registers(strand_self()));
    registers.pc = ELSEWHERE.raw();
    TRY(strand_set_registers(strand_self(), registers));
    return 0;
}

std::uint64_t system_call(spin::SystemCall call) {
    if (++small.calls == 1)
        return spin::to_word(go_elsewhere());
    small.table[call.number() + small.faults * 100] = 1; // out of bounds
    return 0;
}

void idle() { strand_block_until(spin::NEVER); }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota frames, const spin::Program&) {
    small.frames = frames;
    small.context = TRY(translation_create(frames));
    const spin::FrameCapability code = TRY(phys_addr_allocate(frames));
    TRY(store<std::uint32_t>(code.bytes(), 0, STORE_ZERO_AT_A0));
    TRY(store<std::uint32_t>(code.bytes(), 4, ECALL));
    TRY(store<std::uint32_t>(code.bytes(), 8, 0));
    TRY(store<std::uint32_t>(code.bytes(), 16, ECALL));
    TRY(translation_add_mapping(small.context, Page::containing(CODE), code, Rights::read_execute(),
                                Access::fetch));
    TRY(translation_install_page_not_present(small.context, page_not_present));
    TRY(trap_install_system_call(small.context, nullptr, system_call));
    spin::Registers registers{.pc = CODE.raw(), .saved = {}};
    registers.saved[9] = DATA.raw(); // a0
    const spin::StrandReference program = TRY(strand_create_program(frames));
    TRY(strand_set_name(program, "small"));
    TRY(strand_set_space(program, small.context));
    TRY(strand_set_registers(program, registers));
    TRY(strand_unblock(program));
    TRY(strand_create(frames, idle));
    return {};
}
