// Environments: what is protected from what, and where its events go.
// SPDX-License-Identifier: MIT
//
// Aegis calls it the processor environment and gives it four contexts (SOSP'95, section 5.1.2):
// exception, interrupt (here the beginning and the end of a slice), protected entry, addressing. No
// kernel stack, and no place for registers: an environment that waits has kept them itself.
#pragma once

#include "entry_layout.h"
#include "space.hpp"

#include "abi/exo/environment.hpp"
#include "arch/riscv/timer.hpp"

#include <array>
#include <string_view>

struct Environment {
    // unused -> made (create) -> ready (start) <-> waiting -> unused
    enum class State : std::uint8_t { unused, made, ready, waiting };

    // What entry.S looks at.
    abi::exo::Contexts contexts{};
    abi::exo::EnvironmentPage* page = nullptr; // by the direct map
    std::uint64_t satp = 0;                    // of `space`
    // The other side of a protected control transfer: who called it, or whom it has called.
    Environment* caller = nullptr;
    Environment* callee = nullptr;
    std::uint64_t transfer_pc = 0; // where it goes on then
    BindingTable bindings;
    EnvironmentId id; // its place in the table, from 1 on
    State state = State::unused;
    Epoch epoch; // of its capability

    Space space;
    const void* single_table = nullptr;    // of it, that was last found to be nobody else's, too
    std::uint64_t deadline = timer::NEVER; // while it waits, in ticks of `time`
    std::uint64_t terms = 0;               // of its page that it waits by
    std::uint64_t alarm = timer::NEVER;    // its slice's end is announced then, at the latest
    std::uint64_t slices = 0;              // that it owns
    std::uint64_t requests = 0;            // of the disk, under way

    PhysAddr end_word; // counts its end, in a frame that is pinned; 0: none

    bool is_there() const { return state != State::unused; }
    void end_wait() {
        state = State::ready;
        deadline = timer::NEVER;
    }
    void set_end_word(PhysAddr word);
    void forget_end_word();
    std::string_view name() const;
};
static_assert(offsetof(Environment, contexts.exception) == ENVIRONMENT_EXCEPTION_ENTRY &&
              offsetof(Environment, contexts.transfer) == ENVIRONMENT_TRANSFER_ENTRY &&
              offsetof(Environment, page) == ENVIRONMENT_PAGE &&
              offsetof(Environment, satp) == ENVIRONMENT_SATP &&
              offsetof(Environment, caller) == ENVIRONMENT_CALLER &&
              offsetof(Environment, callee) == ENVIRONMENT_CALLEE &&
              offsetof(Environment, transfer_pc) == ENVIRONMENT_TRANSFER_PC &&
              offsetof(Environment, bindings) == ENVIRONMENT_PARTS &&
              offsetof(Environment, id) == ENVIRONMENT_ID &&
              offsetof(Environment, state) == ENVIRONMENT_STATE &&
              offsetof(Environment, epoch) == ENVIRONMENT_EPOCH &&
              sizeof(Environment) == ENVIRONMENT_SIZE &&
              static_cast<unsigned>(Environment::State::ready) == ENVIRONMENT_READY &&
              offsetof(abi::exo::EnvironmentPage, save) == 0);

// What an environment is made of, in the order of abi::exo::FRAMES_TO_CREATE.
using Pieces = std::array<Frame, abi::exo::FRAMES_TO_CREATE>;

// ENVIRONMENT, which has its number, is one from now on: of FRAMES, which are zeroed and its own.
void make_environment(Environment& environment, const Pieces& frames);

// A new environment, made by MAKER of the frames behind its slots from FIRST on, which are its own
// from now on (abi::exo::FRAMES_TO_CREATE). not_permitted: one is not MAKER's alone; too_many.
Result<Environment*> create_environment(Environment& maker, std::uint64_t first);

// All that ENVIRONMENT has is given back. It may be the running one: then who called begins another
// slice.
void destroy_environment(Environment& environment);

// What is behind SLOT of MAKER's table becomes the page table of the 2 MiB around ADDRESS of
// ENVIRONMENT. not_permitted: it is no frame of MAKER's alone; already_mapped; invalid: ADDRESS.
Result<void> give_table(Environment& maker, std::uint64_t slot, Environment& environment,
                        VirtAddr address);

// What is behind SLOT of MAKER's table becomes part INDEX of ENVIRONMENT's. not_permitted: as
// above; already_mapped: there is one; invalid: INDEX.
Result<void> give_part(Environment& maker, std::uint64_t slot, Environment& environment,
                       std::uint64_t index);

// The table of the 2 MiB around ADDRESS, and the part of the binding table that SLOT is in (NONE:
// none), become OTHER's, too. not_mapped: ENVIRONMENT has no such table or part; already_mapped:
// OTHER has one; invalid: ADDRESS.
Result<void> graft(Environment& environment, Environment& other, VirtAddr address,
                   std::uint64_t slot);

// Ends the running environment with STATUS; with the first one ends the machine.
[[noreturn]] void end_environment(std::uint64_t status);

// The same where what it was to run could not begin; the library OS has said why.
[[noreturn]] void end_before_it_began();

// The same after a fault; the library OS has said which.
[[noreturn]] void end_after_fault();

// entry.S: an exception while the save area is in use, or before there is an exception context.
extern "C" [[noreturn]] void end_undeliverable();
