// The deadline: an extension that keeps the processor for too long falls like one that broke.
// SPDX-License-Identifier: MIT
//
// While a strand is in the kernel, interrupts are on (csr::allow_interrupts), but for the way in
// and out, waiting, and taking an extension down. An interrupt there serves nothing and switches to
// nobody: it looks how long this has been going on, has the timer expire again soon, and returns.
// So nobody is preempted inside the kernel, and its procedures need no locks against interrupts.
// Where the deadline has passed and the pc is an extension's, that falls; where it is the kernel's,
// the next gate is shut (exports.S), so that a procedure is never cut off.
#pragma once

#include <cstdint>

// Room on the stack, in bytes, that a kernel procedure finds at least when an extension calls it.
// tests/extensions/diver.cpp and swimmer.cpp call them at every depth.
inline constexpr std::uint64_t KERNEL_STACK_RESERVE = 4096;

// How long the strand that runs has kept the processor, counted in ticks that found it so, one a
// TICK at most: a machine that stood still meanwhile costs one of them.
class Deadline {
public:
    // Ticks a second; the first one that finds a call does not count.
    static constexpr std::uint64_t TICKS_A_SECOND = 8;
    static constexpr std::uint32_t TICKS = 8; // 1 s
    static constexpr std::uint32_t GRACE = 4; // 0.5 s more

    // An interrupt at NOW, in ticks of `time`, TIMEBASE a second, found the turn that began at TURN
    // in the kernel.
    void tick(std::uint64_t turn, std::uint64_t now, std::uint64_t timebase);
    // The program has gone on, or others could have.
    void restart() { ticks_ = 0; }
    // More than once: whether the program goes on in between is to be seen (Strand::notices).
    bool is_near() const { return ticks_ > 1; }
    bool has_passed() const { return ticks_ > TICKS; }
    bool has_passed_by_far() const { return ticks_ > TICKS + GRACE; }

private:
    std::uint64_t turn_ = 0; // when it began
    std::uint64_t last_ = 0; // when the last tick was counted
    std::uint32_t ticks_ = 0;
};
