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

#include "kernels/spin/interface/scheduler.hpp"

#include "services/calls/exec.hpp"
#include "services/calls/request.hpp"

// What a process did that has ended, and that its parent has not asked for yet.
struct Ended {
    std::uint64_t faults = 0;
    std::uint64_t ticks = 0;
};

struct Personality {
    spin::FrameQuota quota;

    LinkedMemory memory;
    LinkedFiles files;
    UnixPlacement placement;
    UnixSystem system{files, placement};
    unix::WaitQueues waiting;
    std::array<Process, spin::STRANDS> processes{}; // by the number of their strands
    // Places in it: by the process's index, and by the number of its space's context.
    std::array<std::uint8_t, unix::PROCESSES> by_index{};
    std::array<std::uint8_t, spin::SPACES> by_space{};
    std::array<Ended, unix::PROCESSES> ended{}; // by index
    call::Exec exec;
    std::optional<scheduler::Group> group{}; // of process 1, and so of all; none: the kernel's
};

inline constinit Personality personality;

// The process that has STRAND, whose program runs in CONTEXT, or that UNIX knows as INDEX.
inline Process& process_of(spin::StrandReference strand) {
    return personality.processes[strand.number()];
}
inline Process& process_in(spin::TranslationContext context) {
    return personality.processes[personality.by_space[context.number()]];
}
inline Process& process_at(unix::ProcessIndex index) {
    return personality.processes[personality.by_index[index.number()]];
}

// The handlers of what programs do (calls.cpp), for CONTEXT, which is new.
void install_handlers(spin::TranslationContext context);
// Waits and tries REQUEST of PROCESS again, until there is an answer: the word that the program
// gets.
std::uint64_t serve_after_waiting(Process& process, call::Request request);
// The handler of a strand whose process was killed.
void heed_kill(const spin::StrandEvent& event);
