// System calls by number (monolithic, SPIN): number in a7, arguments in a0.., result in a0.
// SPDX-License-Identifier: MIT
//
// All registers but a0 and a6 are kept: a6 says how far the call got. A negative result is an
// abi::ErrorNumber, negated. Who carries a call out is structure: a function of the kernel's, or
// whichever handler's guard holds for the number. What each answers, and where UNIXes differ, is in
// docs/unix.md.
#pragma once

#include <cstdint>

namespace abi {

// A path or other text is two arguments, address and bytes; it ends nowhere else.
enum class SystemCall : std::uint64_t {
    exit = 1,   // (status): does not return
    write = 2,  // (descriptor, address, bytes): bytes written
    sbrk = 3,   // (bytes, either sign): the heap's old end; it grows or shrinks by that much
    sleep = 4,  // (ticks): 0, after at least so many ticks of `time`; all ones: for ever
    uptime = 5, // (): ticks of `time` since the machine started

    fork = 6,    // (): the child's number; 0 in the child
    exec = 7,    // (path, bytes, address of text views, their count): does not return
    wait = 8,    // (address of a 64-bit status or 0): number of a child that ended (abi::status)
    kill = 9,    // (process): 0
    getpid = 10, // ()
    yield = 11,  // (): lets others run first

    read = 12,   // (descriptor, address, bytes): bytes read; 0: the end
    open = 13,   // (path, bytes, flags): a descriptor
    close = 14,  // (descriptor)
    dup = 15,    // (descriptor): the lowest free one
    pipe = 16,   // (address of two 64-bit descriptors: read end, write end)
    fstat = 17,  // (descriptor, address of an abi::Stat)
    mkdir = 18,  // (path, bytes)
    mknod = 19,  // (path, bytes, major, minor)
    link = 20,   // (old path, bytes, new path, bytes)
    unlink = 21, // (path, bytes): also an empty directory
    chdir = 22,  // (path, bytes)
    seek = 23,   // (descriptor, offset from the start): the offset
    sync = 24,   // (): 0, when everything written before is durable

    mmap = 25,     // (address or 0, bytes, rights, flags, descriptor, offset): the address
    munmap = 26,   // (address, bytes)
    mprotect = 27, // (address, bytes, rights)
    advise = 28,   // (address, bytes, abi::Advice)
    handler = 29,  // (entry or 0): the program's own fault handler; the one before
    resume = 30,   // (address of an abi::FaultContext): go on as it says; does not return

    group = 31,      // (process or 0 for oneself, group or 0 for its own number)
    foreground = 32, // (group): whom Ctrl-C ends
    terminal = 33,   // (mode: 0 lines with echo, 1 every byte as it comes): the mode before
    tickets = 34,    // (count): this process's share of the processor, for schedulers that know it
    statistics = 35, // (address of an abi::Statistics, bytes)
    processes = 36, // (address of abi::ProcessInfo, how many there is room for): how many there are
    memory = 37,    // (frames): programs together may use so many from now on; how many it was
    kill_group = 38,     // (group): 0
    schedule_group = 39, // (abi::Scheduling): 0; from now on among the caller's group
};

// One text in memory, as exec's arguments are passed.
struct TextView {
    std::uint64_t address;
    std::uint64_t bytes;
};

} // namespace abi
