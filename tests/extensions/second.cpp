// A personality beside UNIX: one program, one system call, and pages that come by faults.
// SPDX-License-Identifier: MIT
//
// It shares nothing with files, pager and unix, so their fall is none of its business. The program,
// of its own making, counts: it keeps the number in memory, hands it over by a call, and is woken a
// while later. Whatever it gets that is not its own number, or loses from memory, is said.
#include "tests/extensions/second.hpp"

#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"
#include "kernels/spin/interface/trap.hpp"

#include "lib/codec.hpp"
#include "lib/print.hpp"

#include <array>

namespace {

constexpr VirtAddr CODE(0x10000000);
constexpr VirtAddr DATA(0x10001000);
constexpr std::uint64_t A_WHILE = 10'000; // ticks of `time`: a millisecond
constexpr std::array<std::uint32_t, 5> PROGRAM{
    0x0005b503, // ld a0, 0(a1)
    0x00150513, // addi a0, a0, 1
    0x00a5b023, // sd a0, 0(a1)
    0x00000073, // ecall
    0xff1ff06f, // j -16
};

struct Second {
    spin::FrameQuota frames;
    spin::TranslationContext context;
    spin::StrandReference strand;
    std::uint64_t count = 0;
};
constinit Second state{};

struct Console {
    void put(std::string_view text) { console_write(text); }
};

// Any page is zeroes at first.
Result<void> page_not_present(const spin::PageNotPresent& event) {
    const spin::FrameCapability frame = TRY(phys_addr_allocate(state.frames));
    zero_page(frame.bytes());
    return translation_add_mapping(event.context, Page::containing(event.fault.address), frame,
                                   Rights::read_write(), event.fault.access);
}

// The only call: others run for a while, whatever becomes of them.
std::uint64_t counted(spin::SystemCall call) {
    state.count += 1;
    if (call.argument(0) != state.count) {
        Console console;
        print(console, "second: counted to ", call.argument(0), ", not to ", state.count, "\n");
    }
    strand_block_until(strand_deadline_in(A_WHILE));
    return 0;
}

Result<void> load_program() {
    const spin::FrameCapability code = TRY(phys_addr_allocate(state.frames));
    for (std::size_t i = 0; i < PROGRAM.size(); ++i)
        TRY(store<std::uint32_t>(code.bytes(), 4 * i, PROGRAM[i]));
    return translation_add_mapping(state.context, Page::containing(CODE), code,
                                   Rights::read_execute(), Access::fetch);
}

} // namespace

std::uint64_t second::second_count() { return state.count; }

extern "C" Result<void> extension_start(spin::FrameQuota frames, const spin::Program&) {
    state.frames = frames;
    state.context = TRY(translation_create(frames));
    TRY(load_program());
    TRY(translation_install_page_not_present(state.context, page_not_present));
    TRY(trap_install_system_call(state.context, nullptr, counted));
    state.strand = TRY(strand_create_program(frames));
    TRY(strand_set_name(state.strand, "second"));
    TRY(strand_set_space(state.strand, state.context));
    spin::Registers registers{.pc = CODE.raw(), .saved = {}};
    registers.saved[10] = DATA.raw(); // a1
    TRY(strand_set_registers(state.strand, registers));
    return strand_unblock(state.strand);
}
