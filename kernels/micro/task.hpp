// The thread: registers, an address space, capabilities, and what it waits for.
// SPDX-License-Identifier: MIT
//
// All that the kernel knows of a program or a server. No thread ever blocks inside the kernel, so a
// thread has no kernel stack: one that waits is a frame and a state.
#pragma once

#include "capability.hpp"
#include "space.hpp"

#include "arch/riscv/timer.hpp"
#include "arch/riscv/trap_frame.hpp"

#include <string_view>

// Memory of its own that a thread lets its partner reach while it waits for the answer.
struct Window {
    VirtAddr start;
    std::uint64_t bytes = 0;
    bool is_readable = false;
    bool is_writable = false;
};

//                 call, or a page fault
//     runnable ------------------------------> awaits_answer / awaits_pager
//      ^  ^  |    (sends, while the receiver is busy)       |
//      |  |  |  receive                        an answer    |
//      |  |  +-----------------> receives --> runnable      |
//      +--+---- time is over, or the partner has ended -----+
struct Thread {
    enum class State : std::uint8_t {
        unused,
        runnable,
        receives,            // from its partner, or from anybody if there is none
        receives_for_a_time, // the same, until wake_at
        sends,               // stands in its partner's queue, with `pending`
        awaits_answer,       // its call is being served by its partner
        awaits_pager,        // its fault is being mended
    };

    // A token's lowest bits: which of the kernel's threads; the others: the how manieth there.
    static constexpr std::uint64_t NUMBER_BITS = 0xff;

    // What waits in a queue, with the badge under which it will arrive.
    struct Pending {
        abi::micro::Message message;
        std::uint64_t badge = 0;
        State next_state = State::awaits_answer;
        Thread* next = nullptr;
    };

    // What a message has besides the usual, as bits; most have nothing.
    using Extras = std::uint8_t;
    static constexpr Extras MORE_WORDS = 1; // s2..s6 go out, or are taken
    static constexpr Extras WINDOW = 2;     // `window`

    TrapFrame frame{}; // first: entry.S finds the frame of the running thread by the thread
    State state = State::unused;
    Extras extras = 0;
    bool is_in_line = false; // in line for the processor (queues.hpp)
    std::uint64_t token = 0; // its number, and how often it was given to somebody before
    std::string_view name;
    Space space;
    Capabilities capabilities;
    CapSlot pager{0};                     // of the capability to whom this thread's faults go
    Fault fault{};                        // while awaits_pager, and after
    Thread* partner = nullptr;            // whose answer or message it waits for
    Thread* first_sender = nullptr;       // the queue of those that send to this one
    Pending pending;                      // while sends
    Window window;                        // while awaits_answer, where extras say so
    std::uint64_t wake_at = timer::NEVER; // while receives_for_a_time, in ticks of `time`
    Thread* next_to_wake = nullptr;       // behind this one in the list of those with a wake_at
    Thread* next_in_line = nullptr;
    std::uint64_t faults_mended = 0;

    bool awaits() const { return state >= State::awaits_answer; }
};

// Loads the pager, the program NAME and its system library from the initial RAM disk, tells them of
// each other by capabilities, hands the machine's memory to the pager, and makes both runnable: the
// kernel in its part as loader, which a root server will play one day. What is missing or malformed
// is said on the console, and the machine ends.
void load_first_threads(std::string_view name);

// THREAD ends with STATUS; with the program that the machine was asked to run, the machine does.
// Who waits for it gets no_process, or, if its fault does, ends as well. The caller schedules.
void end_thread(Thread& thread, std::uint64_t status);

// What nobody but the program itself could mend. No program has a handler here yet, so its thread
// ends, with its name, pc, address and cause in words. CAUSE and VALUE are scause and stval. The
// caller schedules.
void deliver_fault(Thread& thread, Error why);
void deliver_exception(Thread& thread, std::uint64_t cause, std::uint64_t value);
