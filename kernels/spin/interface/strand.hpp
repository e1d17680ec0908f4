// Strand: threads of control inside the kernel, each with a stack of its own.
// SPDX-License-Identifier: MIT
//
// What an extension sees of ../task.cpp and ../strand.cpp. Names beside SPIN's (SOSP'95,
// figure 4):
//   spin::StrandReference          Strand.T
//   strand_block, strand_unblock   Strand.Block, Strand.Unblock: procedures, and events of the
//                                  strand; by default the global scheduler's
//   spin::StrandEvent              their arguments, and those of Strand.Checkpoint (the strand
//                                  loses the processor) and Strand.Resume (it has it again)
//   strand_notify                  - (an event of the strand's, when its program would go on)
//   strand_install, strand_install_notice
//                                  Dispatcher.InstallHandler, for these events
//
// Nobody is preempted inside the kernel: a strand keeps the processor until it blocks, yields or
// returns to its program. Within a second it must do so, or pause (strand_pause): else the
// extension that it is in falls. A handler may block; others run meanwhile. Whatever blocks a
// strand, a lock, a device or its own doing, is the event Block, and what ends that, Unblock.
#pragma once

#include "kernels/spin/interface/translation.hpp"

#include <array>
#include <string_view>

struct Strand; // the kernel's

namespace spin {

inline constexpr std::size_t STRANDS = 72; // at a time: a reference's number is below this

// The right to a strand.
class StrandReference final : public Reference {
public:
    constexpr StrandReference() = default; // names none

private:
    friend struct ::Strand;
    using Reference::Reference;
};

// A program's registers, as they are when it goes on: saved[0] is x1.
struct Registers {
    std::uint64_t pc;
    std::array<std::uint64_t, 31> saved;
};

struct StrandEvent {
    StrandReference strand;
};
using StrandHandler = void (*)(const StrandEvent& event);

// One each; none: what the kernel does by default. A handler of `block` and `unblock` is called in
// the place of the global scheduler, and calls scheduler_block and scheduler_unblock for a strand
// of its choice. `checkpoint` hears when the strand has lost the processor, whether it is ready or
// blocked then; a strand that has one does so at the end of each turn, also where the global
// scheduler has nobody else to run. Its handler does not block.
struct StrandHandlers {
    StrandHandler block = nullptr;
    StrandHandler unblock = nullptr;
    StrandHandler checkpoint = nullptr;
    StrandHandler resume = nullptr;
};

// What the kernel knows of a strand.
struct StrandUse {
    enum class State : std::uint8_t { ready, running, blocked };
    State state;
    std::uint64_t ticks;  // of `time`, that it ran, until now
    std::uint64_t faults; // of its program, mended
};

inline constexpr std::uint64_t NEVER = ~0ULL; // a deadline

} // namespace spin

extern "C" {

// A strand that executes BODY and ends when that returns. QUOTA pays. too_many; not_permitted: the
// quota is none; invalid: BODY is no code of an extension.
Result<spin::StrandReference> strand_create(spin::FrameQuota quota, void (*body)());

// A strand that is to run a program: it has no address space, its registers are zero, and it is
// blocked. QUOTA pays. too_many; not_permitted: the quota is none.
Result<spin::StrandReference> strand_create_program(spin::FrameQuota quota);

// What REFERENCE's program is called, where its end is reported: at most 31 bytes of NAME.
// not_permitted.
Result<void> strand_set_name(spin::StrandReference reference, std::string_view name);

// REFERENCE's program goes on in CONTEXT, in force at once if it runs. not_permitted: one is none.
Result<void> strand_set_space(spin::StrandReference reference, spin::TranslationContext context);
// REFERENCE has no address space from now on, and does not return to its program before it has one
// again. not_permitted.
Result<void> strand_leave_space(spin::StrandReference reference);

// The one that runs.
spin::StrandReference strand_self();

// The registers of REFERENCE's program. not_permitted: it is none, or has no program.
Result<spin::Registers> strand_registers(spin::StrandReference reference);

// REFERENCE's program goes on with REGISTERS when it next does. not_permitted.
Result<void> strand_set_registers(spin::StrandReference reference,
                                  const spin::Registers& registers);

// REFERENCE cannot run until it is unblocked; the running one stops here. not_permitted.
Result<void> strand_block(spin::StrandReference reference);
// The same for the running strand, at most until `time` reaches DEADLINE.
void strand_block_until(std::uint64_t deadline);
// REFERENCE can run. Nothing happens to one that can already. not_permitted.
Result<void> strand_unblock(spin::StrandReference reference);

// What the global scheduler does by default for these two.
Result<void> scheduler_block(spin::StrandReference reference);
Result<void> scheduler_unblock(spin::StrandReference reference);

// Lets others run first.
void strand_yield();
// In the middle of long work: what devices and the timer have to say is heard, and others run
// first if this strand's turn is over.
void strand_pause();
// The running strand's turn is over, and others run first as soon as it goes on with its program.
void strand_end_turn();

// When REFERENCE would next go on with its program, the handler of strand_install_notice is called
// before. not_permitted.
Result<void> strand_notify(spin::StrandReference reference);

// not_permitted.
Result<spin::StrandUse> strand_use(spin::StrandReference reference);
// From one strand to another, so far.
std::uint64_t strand_switches();
// Ticks of `time` since the machine's start, and TICKS from now, not 0: NEVER where that is beyond
// all time.
std::uint64_t strand_time();
std::uint64_t strand_deadline_in(std::uint64_t ticks);

// Ends the running strand.
[[noreturn]] void strand_exit();

// HANDLERS are called for the events of REFERENCE, in the place of those before. not_permitted;
// invalid: one is no code of an extension.
Result<void> strand_install(spin::StrandReference reference, const spin::StrandHandlers& handlers);
// The same for what is called after strand_notify, which is another's affair than scheduling is.
Result<void> strand_install_notice(spin::StrandReference reference, spin::StrandHandler handler);
}
