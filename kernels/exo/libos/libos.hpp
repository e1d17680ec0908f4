// All that a process of ExOS has: its private part, and what it has in common with the others.
// SPDX-License-Identifier: MIT
//
//   libos    in the library's data, at the same address in every process, a copy of its parent's at
//            fork: virtual memory, and where the process stands
//   shared   at EXO_SHARED, the same frames in every process: files, UNIX, words to wait by
// Both are protected from other environments, and from nobody else (docs/exo.md). boot.cpp fills
// them in; every other file finds them here.
#pragma once

#include "context_layout.h"
#include "lock.hpp"
#include "memory.hpp"
#include "processes.hpp"
#include "slots.hpp"
#include "turns.hpp"

#include "placement/unix_placement.hpp"
#include "services/calls/exec.hpp"
#include "services/vm/tables.hpp"

// A program that has made a call (entry.S).
struct CallContext {
    std::array<std::uint64_t, 8> words;  // of the request
    std::array<std::uint64_t, 12> saved; // s0..s11
    std::uint64_t ra;
    std::uint64_t sp;
    std::uint64_t a1; // for a program that begins
    std::uint64_t a2;
    std::uint64_t resumes; // not 0: the save area of the environment page holds what goes on
};
static_assert(offsetof(CallContext, saved) == CALL_S0 && offsetof(CallContext, ra) == CALL_RA &&
              offsetof(CallContext, sp) == CALL_SP && offsetof(CallContext, a1) == CALL_A1 &&
              offsetof(CallContext, a2) == CALL_A2 &&
              offsetof(CallContext, resumes) == CALL_RESUMES &&
              sizeof(CallContext) == CALL_CONTEXT_SIZE);

// A program, or the library itself, whose slice was over (slices.S).
struct SliceContext {
    std::uint64_t pc;
    std::array<std::uint64_t, 31> registers;
    std::uint64_t go_on;
};
static_assert(offsetof(SliceContext, go_on) == SLICE_GO_ON &&
              sizeof(SliceContext) == SLICE_CONTEXT_SIZE);

// Kept by assembly, private too.
extern "C" {
extern CallContext call_context;
extern SliceContext slice_context;
extern std::uint64_t go_on;      // where the next slice begins
extern std::uint64_t critical;   // not 0: the end of a slice is put off
extern std::uint64_t must_yield; // it was
}

// Nodes of page records, swap slots.
inline constexpr std::uint64_t NODES = 128;
inline constexpr std::size_t SWAP_SLOTS = 2048;
inline constexpr std::size_t BUCKETS = 512; // of file pages

struct LibraryOs {
    vm::Memory memory;
    PrivateMemory private_memory{memory};
    unix::ProcessIndex self;
    std::uint64_t since = 0; // when its slice began, in ticks of `time`
    alignas(PAGE_SIZE) vm::Tables<SPACES, NODES, slots::FRAME_COUNT, BUCKETS, SWAP_SLOTS> tables;
};

// A word that stands for an event, by number: it changes when the event happens.
using EventWords = std::array<volatile std::uint64_t, unix::Event::COUNT>;

struct Shared {
    // First, page by page: what others than the library write.
    alignas(PAGE_SIZE) abi::exo::Keys keys;
    alignas(PAGE_SIZE) std::array<volatile std::uint64_t, unix::PROCESSES> disk_words;

    // Environments of processes that ended without UNIX's having heard of it (deaths.cpp).
    volatile std::uint64_t deaths;
    std::uint64_t deaths_heeded;
    std::uint64_t inside; // index + 1 of the process that is in the middle of what all share; 0
    bool is_broken;       // and one ended there

    EventWords events;
    std::array<volatile std::uint64_t, unix::PROCESSES> killed; // by index
    std::array<Process, unix::PROCESSES> processes;             // by index
    Turns turns;
    vm::Counters counters_of_ended; // processes
    std::uint64_t ended = 0;        // how many
    std::uint64_t switches = 0;     // from one process to another, so far

    Disk disk;
    Lock files_lock;
    FileSystem file_system{disk};
    Files files{file_system, files_lock};
    UnixPlacement placement;
    UnixSystem system{files, placement};
    call::Exec exec;

    static constexpr std::size_t CACHED_BLOCKS = 256;
    static constexpr std::size_t INODES_IN_USE = 128;
    std::array<fs::BufferRecord, CACHED_BLOCKS> buffer_records;
    std::array<fs::InodeRecord, INODES_IN_USE> inodes;
    alignas(PAGE_SIZE) std::array<std::byte, CACHED_BLOCKS * PAGE_SIZE> buffers;
    alignas(PAGE_SIZE) std::array<std::byte, unix::PIPES * unix::Pipes::BYTES> pipes;
};
static_assert(sizeof(Shared) <= slots::SHARED_PAGES * PAGE_SIZE);

extern LibraryOs libos;
extern Shared shared; // at EXO_SHARED, by the linker (CMakeLists.txt)

inline Process& this_process() { return shared.processes[libos.self.number()]; }
