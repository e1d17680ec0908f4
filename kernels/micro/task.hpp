// A thread, the space that it runs in, its capabilities, and whom it waits for.
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

// Memory that a thread lets its partner reach while it waits for the answer.
struct Window {
    std::uint64_t start = 0; // an address, or an offset in a window that was passed on
    std::uint64_t bytes = 0;
    std::uint64_t owner = 0; // token of whose window was passed on
    bool is_readable = false;
    bool is_writable = false;
};

//                 call, a page fault, or what its handler is told
//     runnable ------------------------------> awaits_answer / awaits_pager / awaits_handler
//      ^  ^  |    (sends, while the receiver is busy)       |
//      |  |  |  receive                        an answer    |
//      |  |  +-----------------> receives --> runnable      |
//      +--+---- time is over, or the partner has ended -----+
struct Thread {
    enum class State : std::uint8_t {
        unused,
        stopped, // it was made, and never ran
        runnable,
        receives,            // from its partner, or from anybody if there is none
        receives_for_a_time, // the same, until wake_at
        sends,               // stands in its partner's queue, with `pending`
        awaits_answer,       // its call is being served by its partner
        awaits_pager,        // its fault is being mended
        awaits_handler,      // its handler has been told of an exception, or of its exit
        awaits_turn,         // it could run, and its scheduler has been asked
    };

    // A token's lowest bits: which of the kernel's threads; the others: the how manieth there.
    static constexpr std::uint64_t NUMBER_BITS = 0xff;
    static constexpr std::uint64_t NO_TABLE = ~0ULL;
    // Among its notices: its device's interrupt is not complete.
    static constexpr std::uint64_t IN_SERVICE = 1ULL << 63;

    // What waits in a queue, with the badge under which it will arrive.
    struct Pending {
        abi::micro::Message message;
        std::uint64_t badge = 0;
        State next_state = State::awaits_answer;
        Thread* next = nullptr;
    };

    // What a message has besides the usual, as bits; most have nothing.
    using Extras = std::uint8_t;
    static constexpr Extras MORE_WORDS = 1;    // s2..s6 go out, or are taken
    static constexpr Extras WINDOW = 2;        // `window`
    static constexpr Extras WHOLE = 4;         // all memory is a window
    static constexpr Extras PASSED_ON = 8;     // `window` is a piece of its owner's
    static constexpr Extras ACCEPTS = 16;      // a capability, into `accepts`
    static constexpr Extras NOTICES_ONLY = 32; // receives nothing but notices

    TrapFrame frame{}; // first: entry.S finds the frame of the running thread by the thread
    State state = State::unused;
    Extras extras = 0;
    bool is_in_line = false; // in line for the processor (queues.hpp)
    std::uint8_t priority = 0;
    std::uint64_t token = 0; // its number, and how often it was given to somebody before
    Space* space = nullptr;
    std::span<Capability> capabilities;
    Fault fault{};                        // while awaits_pager, and after
    Thread* partner = nullptr;            // whose answer or message it waits for
    Thread* first_sender = nullptr;       // the queue of those that send to this one
    std::uint64_t notices = 0;            // that it has not taken yet
    Pending pending;                      // while sends
    Window window;                        // while awaits_answer, where extras say so
    CapSlot accepts{0};                   // the same
    std::uint64_t wake_at = timer::NEVER; // while receives_for_a_time, in ticks of `time`
    Thread* next_to_wake = nullptr;       // behind this one in the list of those with a wake_at
    Thread* next_in_line = nullptr;
    // Who gives it its turns, if that is not the kernel (turns.hpp).
    Capability scheduler;
    std::uint64_t scheduler_tag = 0;
    std::uint64_t scheduler_bits = 0;
    bool has_turn = false; // of such a scheduler's
    Thread* next_with_turn = nullptr;
    std::uint64_t faults_mended = 0;
    std::uint64_t ticks = 0;              // of `time`, of its turns, whoever served it in them
    std::uint64_t first_table = NO_TABLE; // frames that it gave for tables, and that are free
    std::uint32_t interrupt = 0;          // source of its device; 0: it has none
    std::string_view name;
    std::array<char, 16> name_room{};
    FewCapabilities few{};

    bool awaits() const { return state >= State::awaits_answer; }
    // Whether it takes notices while it receives.
    bool takes_notices() const { return partner == nullptr || (extras & NOTICES_ONLY) != 0; }
};

// loader.cpp. Loads the root server from the initial RAM disk, gives it everything, and makes it
// runnable. What is missing or malformed is said on the console, and the machine ends.
void load_root();

// THREAD, which is unused, is a new one: stopped, in no space, with few slots, all empty.
void begin_thread(Thread& thread);

// What nobody but its handler can do something about. FAULT: what the pager refused, and why. CAUSE
// and VALUE are scause and stval. Without a handler the thread ends, with its name, pc, address and
// cause in words. The caller schedules.
void deliver_fault(Thread& thread, Error why);
void deliver_exception(Thread& thread, std::uint64_t cause, std::uint64_t value);
void deliver_exit(Thread& thread, std::uint64_t status);

// THREAD ends: who waits for it gets no_process, or, if its fault does, is its handler's matter.
void end_thread(Thread& thread);
