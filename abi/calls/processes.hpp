// Processes and the whole system as programs may look at them.
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

namespace abi {

// What wait tells of a child that did not end by itself; numbered like abi/machine_exit.hpp where
// both know the case. A program's own status is cut to LAST_OF_PROGRAM.
namespace status {
inline constexpr std::uint64_t LAST_OF_PROGRAM = 119;
inline constexpr std::uint64_t FAULT = 122;       // a fault or exception that nobody mended
inline constexpr std::uint64_t KILLED = 124;      // by kill
inline constexpr std::uint64_t INTERRUPTED = 125; // by ^C on the terminal
} // namespace status

// How a group of processes may want to be scheduled among themselves (os::schedule_group), by what
// the group as a whole gets of the processor. The numbers are those of sched::Kind.
enum class Scheduling : std::uint64_t {
    round_robin = 0, // equal turns
    stride = 1,      // shares in proportion to os::tickets
};

enum class ProcessState : std::uint64_t { runnable = 1, running = 2, asleep = 3, ended = 4 };

struct ProcessInfo {
    std::uint64_t id;
    std::uint64_t parent;
    std::uint64_t group;
    ProcessState state;
    std::uint64_t resident_pages;
    std::uint64_t faults;
    std::uint64_t ticks;       // of `time`, that it ran
    std::array<char, 32> name; // padded with zeroes
};

// What a kernel has nobody to count is all ones, in Statistics.
inline constexpr std::uint64_t NOT_COUNTED = ~0ULL;

// Counters of the running system (os::statistics).

struct Statistics {
    std::uint64_t frames;         // that may hold pages of programs
    std::uint64_t resident_pages; // of these, those that do
    std::uint64_t free_frames;    // of all, also of what is left to page tables
    std::uint64_t swap_slots;
    std::uint64_t free_swap_slots;
    std::uint64_t page_faults; // mended since the start, of all kinds
    std::uint64_t pages_in;    // read from swap or file
    std::uint64_t pages_out;   // written to swap or file
    std::uint64_t evictions;
    std::uint64_t evictions_in_fault; // of these, those that a fault had to wait for
    std::uint64_t processes;          // that exist
    std::uint64_t open_files;
    std::uint64_t inodes_in_use; // in memory
    std::uint64_t free_inodes;   // on the disk
    std::uint64_t free_blocks;   // on the disk
    std::uint64_t context_switches;
    std::uint64_t page_nodes; // of the virtual memory service, in use
};

} // namespace abi
