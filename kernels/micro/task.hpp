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

//                 call, or a page fault
//     runnable ------------------------------> awaits_answer / awaits_pager
//      ^  ^  |    (sends, while the receiver is busy)       |
//      |  |  |  reply_and_wait                   an answer  |
//      |  |  +-----------------> receives --> runnable      |
//      |  +-- timeout -- sleeps                             |
//      +----------------------------------------------------+
struct Thread {
    enum class State : std::uint8_t {
        unused,
        runnable,
        sends,         // stands in its receiver's queue, with `pending`
        awaits_answer, // its call is being served
        awaits_pager,  // its fault is being mended
        receives,      // a server at rest: takes a message from anybody
        sleeps,        // receives from nobody, until wake_at
    };

    // What waits in a queue, with the badge under which it will arrive.
    struct Pending {
        abi::micro::Message message;
        std::uint64_t badge = 0;
        Thread* next = nullptr;
    };

    TrapFrame frame{}; // first: entry.S finds the frame of the running thread by the thread
    State state = State::unused;
    std::string_view name;
    Space space;
    Capabilities capabilities;
    CapSlot pager{0};                     // of the capability to whom this thread's faults go
    Fault fault{};                        // while awaits_pager
    Thread* caller = nullptr;             // whom this thread's next reply_and_wait answers
    Thread* first_sender = nullptr;       // the queue of those that send to this one
    Pending pending;                      // while sends
    std::uint64_t wake_at = timer::NEVER; // while sleeps, in ticks of `time`
    std::uint64_t faults_mended = 0;
};

// Loads the pager, the program NAME and its system library from the initial RAM disk, tells them of
// each other by capabilities, hands the machine's memory to the pager, and makes both runnable: the
// kernel in its part as loader, which a root server will play one day. What is missing or malformed
// is said on the console, and the machine ends.
void load_first_threads(std::string_view name);

// A thread ends with STATUS, and with it the machine: the program's status if it is the one that
// was asked for; without a server that ended itself nothing can go on.
[[noreturn]] void end_thread(const Thread& thread, std::uint64_t status);

// What nobody but the program itself could mend. No program has a handler here yet, so its thread
// ends, with thread, pc, address and cause in words. CAUSE and VALUE are scause and stval.
[[noreturn]] void deliver_fault(const Thread& thread, Error why);
[[noreturn]] void deliver_exception(const Thread& thread, std::uint64_t cause, std::uint64_t value);
