// The UNIX server's state, in one struct.
// SPDX-License-Identifier: MIT
//
// What UNIX is stands in services/unix and services/calls; here is what their placement needs:
// threads, and who waits for what. Files and memory are other servers'.
#pragma once

#include "kernels/micro/servers/console/client.hpp"
#include "kernels/micro/servers/pager/client.hpp"
#include "kernels/micro/servers/root/client.hpp"
#include "kernels/micro/servers/scheduler/client.hpp"
#include "kernels/micro/servers/unix/placement/unix_placement.hpp"
#include "kernels/micro/servers/unix/processes.hpp"
#include "kernels/micro/servers/unix/sleepers.hpp"

#include "services/calls/exec.hpp"
#include "services/unix/wait_queues.hpp"

// What a process did that has ended, and that its parent has not asked for yet.
struct Ended {
    std::uint64_t faults = 0;
    std::uint64_t ticks = 0;
};

// Own slots: a thread for each process, then spaces.
inline constexpr std::uint64_t FIRST_THREAD = root::slot::FIRST_OWN;
inline constexpr std::uint64_t FIRST_SPACE = FIRST_THREAD + unix::PROCESSES;
static_assert(FIRST_SPACE + pager::SPACES <= abi::micro::MANY_SLOTS);

struct Personality {
    // Whether more is to be done now than to answer the request and wait for the next one: somebody
    // is to be served again, was killed, waits, sleeps, or has ended. First: each request looks
    // here.
    bool has_more_to_do = true;
    bool has_keyboard = true; // until the console has gone
    bool gives_way = false;   // who is answered next lets others run first
    unix::ProcessIndex served{};

    pager::Client memory{root::slot::PAGER, FIRST_SPACE};
    files::Client files{root::slot::FILES};
    scheduler::Client scheduler{root::slot::SCHEDULER};
    UnixPlacement placement;
    UnixSystem system{files, placement};
    // The queue of Event::turn() holds those whose request is to be served again: what they waited
    // for has happened, or others were to have their turn.
    unix::WaitQueues waiting;
    Sleepers sleepers;
    ProcessSet runs;     // who has been started and waits for no event
    ProcessSet must_end; // who was killed, and is there still
    std::array<Process, unix::PROCESSES> processes{};
    std::array<unix::ProcessIndex, pager::SPACES> by_space{};
    std::array<Ended, unix::PROCESSES> ended{};
    call::Exec exec;
    std::optional<sched::Group> group; // of process 1, and so of all; none: the kernel's turns
};

extern constinit Personality personality; // unix.cpp

// The process that UNIX knows as INDEX, or whose program runs in SPACE.
inline Process& process_at(unix::ProcessIndex index) {
    return personality.processes[index.number()];
}
inline Process& process_in(vm::SpaceId space) {
    return process_at(personality.by_space[space.raw()]);
}

// processes.cpp: the thread of PROCESS, which has registers to go on with, does so.
void go_on(Process& process);
// The thread of PROCESS makes its call again, as CALL_AGAIN, when it has its turn.
void call_again(Process& process);
inline constexpr std::uint64_t CALL_AGAIN =
    0x7ff; // no call's number, and one that an instruction holds

// waiting.cpp: PROCESS, which said would_block, waits with its request; and it does not any more,
// if it did.
extern "C" void call_wait(Process& process);
void stop_waiting(Process& process);
// Who has slept long enough is to be served again.
void wake_due();

// calls.cpp: serves requests, for ever.
[[noreturn]] void serve_requests();

// terminal.cpp.

// Words for people: a new line starts at the left.
class UnixConsole {
public:
    UnixConsole() = default;
    UnixConsole(const UnixConsole&) = delete;
    ~UnixConsole() { flush(); }
    void put(std::string_view text);

private:
    void put(char character);
    void flush();

    std::array<char, 128> line_{}; // a message for each line, not for each piece of one
    std::size_t count_ = 0;
};
// What was typed goes to the terminal.
void take_keys();
// Whether a key could change anything.
bool is_key_awaited();

// Nothing is left to do. Root gave the right to; whether it is there still does not matter.
using micro::end_machine;
