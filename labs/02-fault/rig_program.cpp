// A program whose registers are looked at: at the trap, and when it goes on.
// SPDX-License-Identifier: MIT
//
// The words of its data page are the registers' values, by number; behind them the program stores
// its registers, by program_dump. The upcalls that entry.S may reach are here, too: on_exception is
// what the program's ebreak comes to.
#include "rig.hpp"

#include "rig_program.h"

#include "kernels/monolithic/kernel.hpp"

#include "abi/lab_fault.hpp"
#include "arch/riscv/csr.hpp"
#include "arch/riscv/upcalls.hpp"

#include <algorithm>
#include <span>

using fault_lab::value_of;

namespace {

constexpr unsigned REGISTERS = 32;
constexpr std::uint64_t EBREAK_BYTES = 4;
const vm::SpaceId OF_PROGRAM(SPACE_COUNT - 1);

struct alignas(16) Stack {
    std::array<std::byte, 16384> room{};
    TrapFrame frame{};
};
constinit Stack stack;

// What on_exception is to do with the first trap.
enum class Then : std::uint8_t { look, dump_5, dump_31 };
constinit Then then = Then::look;
constinit Saved saved{};
constinit std::uint64_t seed_of_values = 0;
constinit unsigned traps = 0;

std::uint64_t in_program(const char* place) {
    return PROGRAM_CODE + static_cast<std::uint64_t>(place - program_begin);
}

const char* dump_by(std::uint64_t base) { return base == 5 ? program_dump_5 : program_dump_31; }
const char* dumped_by(std::uint64_t base) {
    return base == 5 ? program_dumped_5 : program_dumped_31;
}

std::uint64_t value(std::uint64_t seed, unsigned n, std::uint64_t base) {
    return n == base ? PROGRAM_DATA : value_of(seed, n);
}

// The program's pages, in force. The words of its data page.
std::span<std::uint64_t> place_program() {
    Frames& frames = kernel.memory.frames;
    Space& space = kernel.memory.translations[OF_PROGRAM];
    MUST(kernel.memory.translations.make_tables(OF_PROGRAM)); // memory is new, so there is room
    const Frame code = MUST(frames.take_zeroed());
    const Frame data = MUST(frames.take_zeroed());
    std::copy(program_begin, program_end, reinterpret_cast<char*>(frame_bytes(code).data()));
    MUST(space.install(frames, Page::containing(VirtAddr(PROGRAM_CODE)), code,
                       sv39::PteFlags::user(Rights::read_execute())));
    MUST(space.install(frames, Page::containing(VirtAddr(PROGRAM_DATA)), data,
                       sv39::PteFlags::user(Rights::read_write())));
    csr::fence_instructions();
    space.enter();
    return {reinterpret_cast<std::uint64_t*>(frame_bytes(data).data()),
            PAGE_SIZE / sizeof(std::uint64_t)};
}

// A bit for each register that was stored with another value.
std::uint64_t wrong_in(std::span<const std::uint64_t> data, std::uint64_t seed,
                       std::uint64_t base) {
    std::uint64_t wrong = 0;
    for (unsigned n = 1; n < REGISTERS; ++n)
        if (data[REGISTERS + n] != value(seed, n, base))
            wrong |= std::uint64_t{1} << n;
    return wrong;
}

void begin_program(void (&vector)(), const char* entry) {
    stack.frame = {};
    stack.frame.hart = &kernel.hart;
    traps = 0;
    csr::write_stvec(reinterpret_cast<std::uint64_t>(&vector));
    csr::make_sret_go_to_user();
    enter_program(&stack.frame, in_program(entry));
    csr::write_stvec(reinterpret_cast<std::uint64_t>(astray_vector));
}

Saved look_at(const TrapFrame& frame) {
    Saved found{.wrong = 0,
                .pc = frame.pc == in_program(program_loaded),
                .sscratch = 0,
                .hart = &this_hart() == &kernel.hart};
    asm volatile("csrr %0, sscratch" : "=r"(found.sscratch));
    for (unsigned n = 1; n < REGISTERS; ++n)
        if (frame.x(n) != value_of(seed_of_values, n))
            found.wrong |= std::uint64_t{1} << n;
    return found;
}

} // namespace

Saved trap_with_values(std::uint64_t seed) {
    const auto data = place_program();
    for (unsigned n = 1; n < REGISTERS; ++n)
        data[n] = value_of(seed, n);
    then = Then::look;
    seed_of_values = seed;
    saved = {};
    begin_program(trap_vector, program_load);
    return saved;
}

Restored go_on_with_values(std::uint64_t seed, std::uint64_t base) {
    const auto data = place_program();
    stack.frame = {};
    stack.frame.hart = &kernel.hart;
    stack.frame.pc = in_program(dump_by(base));
    for (unsigned n = 1; n < REGISTERS; ++n)
        stack.frame.x(n) = value(seed, n, base);
    program_pc = 0;
    csr::write_stvec(reinterpret_cast<std::uint64_t>(program_vector));
    csr::make_sret_go_to_user();
    asm volatile("csrw sepc, %0" ::"r"(in_program(program_elsewhere)));
    resume_program(&stack.frame);
    csr::write_stvec(reinterpret_cast<std::uint64_t>(astray_vector));
    if (program_pc >= KERNEL_OFFSET)
        went_astray();
    return {.reached = program_pc == in_program(dumped_by(base)),
            .wrong = wrong_in(data, seed, base),
            .sscratch = program_sscratch == reinterpret_cast<std::uint64_t>(&stack.frame)};
}

std::uint64_t trap_and_go_on(std::uint64_t seed, std::uint64_t base) {
    const auto data = place_program();
    for (unsigned n = 1; n < REGISTERS; ++n)
        data[n] = value(seed, n, base);
    then = base == 5 ? Then::dump_5 : Then::dump_31;
    seed_of_values = seed;
    begin_program(trap_vector, program_load);
    return wrong_in(data, seed, base);
}

// The program's ebreak, by way of the student's TRAP_SAVE_ALL.
void on_exception(TrapFrame& frame) {
    if (then == Then::look)
        saved = look_at(frame);
    if (then == Then::look || traps++ != 0)
        leave_program();
    // Where the way goes on is the frame's pc, whatever was saved as such.
    const char* const next = dump_by(then == Then::dump_5 ? 5 : 31);
    frame.pc = in_program(next);
}

extern "C" void on_first_turn() {}
void on_timer() {}
void on_device() {}
