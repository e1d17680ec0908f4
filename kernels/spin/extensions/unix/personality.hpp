// The UNIX personality's state, in one struct.
// SPDX-License-Identifier: MIT
//
// What UNIX is stands in services/unix and services/calls; here is what their placement needs:
// strands, and who waits for what. Files and memory are other extensions' (linked_files.hpp,
// linked_memory.hpp).
#pragma once

#include "kernels/spin/extensions/unix/linked_memory.hpp"
#include "kernels/spin/extensions/unix/placement/unix_placement.hpp"
#include "kernels/spin/extensions/unix/processes.hpp"

#include "services/calls/exec.hpp"

struct Personality {
    spin::FrameQuota quota;

    LinkedMemory memory;
    LinkedFiles files;
    UnixPlacement placement;
    UnixSystem system{files, placement};
    WaitQueues waiting;
    std::array<Process, unix::PROCESSES> processes{};          // by index
    std::array<unix::ProcessIndex, spin::SPACES> by_space{};   // by the number of its context
    std::array<unix::ProcessIndex, spin::STRANDS> by_strand{}; // by the strand's number
    call::Exec exec;
};

inline constinit Personality personality;

// Whose program runs in CONTEXT, which is one of a process's.
inline Process& process_in(spin::TranslationContext context) {
    return personality.processes[personality.by_space[context.number()].number()];
}

// The handlers of what programs do (calls.cpp), for CONTEXT, which is new.
void install_handlers(spin::TranslationContext context);
// The handler of a strand whose process was killed.
void heed_kill(const spin::StrandEvent& event);
