// Where virtual memory is placed: its tables, its lock, and the daemon that keeps frames free.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/monolithic/frames.hpp"
#include "kernels/monolithic/threads/lock.hpp"

#include "services/vm/behind_lock.hpp"
#include "services/vm/page_out.hpp"

// The page-out daemon, for vm::LockWithDaemon (kernel.hpp).
struct PageOut {
    static vm::Memory& memory();
    static SleepingLock& lock();
    static void wake();
    static void sleep();
    static void yield();
};

// The lock `memory`.
using MemoryLock = vm::LockWithDaemon<SleepingLock, PageOut>;
using SharedMemory = vm::BehindLock<MemoryLock>;

// COUNT objects of type T in frames of their own, with whatever was there. no_memory.
template <class T>
Result<std::span<T>> take_table(Frames& frames, std::uint64_t count) {
    const FrameRange range = TRY(frames.take_range(pages_to_hold(count * sizeof(T))));
    return std::span(reinterpret_cast<T*>(direct_map(range.first.start()).raw()), count);
}

// Takes frames for the service's tables and sets it up. The file system is mounted: its layout
// tells where swapping may go. no_memory; invalid: the configuration.
Result<void> place_memory(const vm::Configuration& configuration);

// The boot thread's second life: keeps frames free, so that faults need not wait for an eviction.
[[noreturn]] void page_out_daemon();
