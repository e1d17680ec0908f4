// Visible revocation: when no frame is free, somebody is asked to give some back.
// SPDX-License-Identifier: MIT
//
// What it promises is written in abi/exo/primitives.hpp (Exokernel, SOSP'95, section 3.3): the
// first of the paper's two steps, the polite one. Whom the kernel asks is its only choice about
// memory; which frames, and what becomes of their contents, the library OS decides.
#pragma once

#include "frames.hpp"

#include "arch/riscv/timer.hpp"

struct Environment;

// The one who is asked.
struct Revocation {
    EnvironmentId asked;                // nobody
    std::uint64_t wanted = 0;           // of it still
    std::uint64_t until = timer::NEVER; // in ticks of `time`; NEVER: it has not run since
};

// Somebody is asked for COUNT frames, or has been and has not answered yet; who. no_memory: nobody
// has more than is guaranteed; invalid, too_large: COUNT.
Result<EnvironmentId> ask_for_frames(std::uint64_t count);
// ENVIRONMENT's slice begins: if it is asked, its time to answer does.
void begin_answer(const Environment& environment);
// OWNER has given a frame of its own back.
void note_given(EnvironmentId owner);
// ENVIRONMENT ends, and all that it has is given back.
void forget_asking(const Environment& environment);
// Whoever was asked and has not answered in time; nullptr: nobody.
Environment* silent_environment();
