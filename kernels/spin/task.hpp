// The strand: a thread of control with a kernel stack; most run a program.
// SPDX-License-Identifier: MIT
//
// SPIN's kernel gives a strand no meaning beyond its name; what the program's memory is, the pager
// knows (extensions/pager/), and what a process is, would be another extension's affair.
#pragma once

#include "interface/extension.hpp"
#include "interface/strand.hpp"
#include "name.hpp"
#include "space.hpp"

#include "arch/riscv/context.hpp"
#include "arch/riscv/timer.hpp"
#include "arch/riscv/trap_frame.hpp"
#include "lib/result.hpp"

#include <string_view>

struct Strand {
    enum class State : std::uint8_t { unused, ready, running, blocked };

    State state = State::unused;
    Name name; // of its program, or of the extension whose code its body is
    spin::StrandReference reference{0, 1};
    Quota* payer = nullptr;        // none: the kernel made it
    Space* space = nullptr;        // of its program; none: it has none
    TrapFrame* frame = nullptr;    // the program's registers, at the top of the kernel stack
    std::uint64_t stack_limit = 0; // below it there is no room for a kernel procedure
    void (*body)() = nullptr;      // what it executes, if it has no program
    KernelContext context;         // while another runs
    spin::StrandHandlers handlers;
    spin::StrandHandler notice = nullptr; // the handler of strand_notify

    Result<void> started; // what the start of the extension answered that this strand started

    Strand* next_ready = nullptr;
    std::uint64_t wake_at = timer::NEVER; // while blocked, in ticks of `time`

    // Until a certain time at most.
    bool is_asleep() const { return state == State::blocked && wake_at != timer::NEVER; }

    bool is_in_call = false; // its program waits for the answer to a system call
    // What is to be done before its program goes on: somebody is to hear of it; devices interrupted
    // the kernel, and may again; its turn may be over.
    enum Notice : std::uint8_t { NOTIFIED = 1, DEVICES_MASKED = 2, TURN = 4 };
    std::uint8_t notices = 0;
    void note(Notice notice) { notices = static_cast<std::uint8_t>(notices | notice); }
    void forget(Notice notice) { notices = static_cast<std::uint8_t>(notices & ~notice); }

    std::uint64_t ticks = 0; // of `time`, that it ran
    std::uint64_t faults_mended = 0;
    VirtAddr last_mended;      // the address of the last of them
    std::uint32_t in_vain = 0; // how often running that did not help

    static std::uint32_t number_of(spin::StrandReference strand) { return strand.number(); }
    // It is in use from here on, with the kernel stack NUMBER.
    void begin(unsigned number, Quota* payer, std::string_view name);
    // Its place is free for another; references to it are stale.
    void free();
};

// Maps the kernel stacks of all strands, each above a guard page, once. no_memory.
Result<void> place_kernel_stacks();

// A strand that executes BODY, ready to run. PAYER's, or the kernel's own. too_many.
Result<Strand*> create_strand(Quota* payer, std::string_view name, void (*body)());

// A strand that is to run a program; it has no space, its registers are zero, and it is not ready
// yet. too_many.
Result<Strand*> create_program_strand(Quota* payer);

// STRAND's program runs in SPACE from now on; nullptr: in none.
void set_space(Strand& strand, Space* space);

// Where STRAND returns to its program, as if nothing had been called since it trapped.
KernelContext at_first_return(const Strand& strand);

// Goes on in STRAND's program, whose space is in force; what was called before does not come back.
[[noreturn]] void begin_program(Strand& strand);

// Loads the program that the machine was asked to run and the system library, and says what the
// pager has to know. What is missing or malformed is said on the console, and the machine ends.
spin::Program load_first_strand();

// Ends the running strand, whose program ended with the machine's exit code CODE; with the first
// program the machine ends.
[[noreturn]] void end_program(std::uint8_t code);

// The same for a fault or exception that nobody mends: says program, pc, address and cause. Do not
// return.
[[noreturn]] void end_by_fault(const Strand& strand, const Fault& fault, Error why);
[[noreturn]] void end_by_exception(const Strand& strand, std::uint64_t cause, std::uint64_t value,
                                   VirtAddr pc);
