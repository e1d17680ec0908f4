// Strand: threads of control inside the kernel, each with a stack of its own.
// SPDX-License-Identifier: MIT
//
// What an extension sees of ../task.cpp and ../schedule.cpp. Names beside SPIN's (SOSP'95,
// figure 4):
//   spin::StrandReference                Strand.T
//   strand_block, strand_unblock         Strand.Block, Strand.Unblock: procedures, and events of
//   the
//                                        strand; by default the global scheduler's
//   spin::StrandEvent                    their arguments, and those of Strand.Checkpoint (the
//   strand
//                                        loses the processor) and Strand.Resume (it has it again)
//   strand_install                       Dispatcher.InstallHandler, for these events
//
// Nobody is preempted inside the kernel: a strand keeps the processor until it blocks, yields or
// returns to its program. A handler may block; others run meanwhile.
#pragma once

#include "kernels/spin/interface/translation.hpp"

#include <array>
#include <string_view>

struct Strand; // the kernel's

namespace spin {

// The right to a strand.
class StrandReference : public Reference {
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
// of its choice.
struct StrandHandlers {
    StrandHandler block = nullptr;
    StrandHandler unblock = nullptr;
    StrandHandler checkpoint = nullptr;
    StrandHandler resume = nullptr;
};

inline constexpr std::uint64_t NEVER = ~0ULL; // a deadline

} // namespace spin

extern "C" {

// A strand that executes BODY and ends when that returns. QUOTA pays. too_many; not_permitted: the
// quota is none; invalid: BODY is no code of an extension.
Result<spin::StrandReference> strand_create(spin::FrameQuota quota, void (*body)());

// A strand that runs the program NAME in CONTEXT, beginning with REGISTERS. NAME stays where it is.
// too_many; not_permitted: quota or context are none.
Result<spin::StrandReference> strand_create_program(spin::FrameQuota quota, std::string_view name,
                                                    spin::TranslationContext context,
                                                    const spin::Registers& registers);

// The one that runs.
spin::StrandReference strand_self();

// The registers of REFERENCE's program. not_permitted: it is none, or has no program.
Result<spin::Registers> strand_registers(spin::StrandReference reference);

// The running strand goes on in CONTEXT with REGISTERS; nothing of what was called comes back.
// Returns only with an error. not_permitted: the context is none.
Result<void> strand_enter(spin::TranslationContext context, const spin::Registers& registers);

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

// Ends the running strand.
[[noreturn]] void strand_exit();

// HANDLERS are called for the events of REFERENCE, in the place of those before. not_permitted;
// invalid: one is no code of an extension.
Result<void> strand_install(spin::StrandReference reference, const spin::StrandHandlers& handlers);
}
