// Processes and time: the API's part about who runs (os.hpp).
// SPDX-License-Identifier: MIT
//
// Ticks are those of the timebase, 10 MHz on QEMU's virt machine.
#pragma once

#include "user/lib/calls.hpp"

#include "abi/calls/files.hpp"
#include "abi/calls/processes.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace os {

using abi::Scheduling;

inline constexpr std::uint64_t TICKS_PER_MILLISECOND = 10'000;

// Ends the program. 0 is success. Of the first process the status, up to 119, is the machine's exit
// code; of any other it is what its parent's wait says.
[[noreturn]] inline void exit(std::int64_t status) { os_exit(status); }

// A second process like this one, with a copy of its memory and the same open files: the child's
// number here, 0 there. -TOO_MANY: 64 exist; -NO_MEMORY.
inline std::int64_t fork() { return os_fork(); }

// Puts the program at PATH into this process's place; open files and the current directory stay.
// ARGUMENTS, its own name first: up to 64 of them with 4,096 bytes together (-TOO_LARGE). Errors of
// paths (files.hpp); -NOT_EXECUTABLE; -IS_DIRECTORY; -PERMISSION: a device; -BUSY: somebody has the
// file open for writing, or mapped so; -NO_MEMORY. Comes back only with an error.
inline std::int64_t exec(std::string_view path, std::span<const std::string_view> arguments) {
    std::array<abi::TextView, abi::ARGUMENT_COUNT + 1> views{}; // one more, to be refused
    const std::size_t count = std::min(arguments.size(), views.size());
    for (std::size_t i = 0; i < count; ++i)
        views[i] = {reinterpret_cast<std::uint64_t>(arguments[i].data()), arguments[i].size()};
    return os_exec(path.data(), path.size(), views.data(), count);
}

// Waits until some child has ended and forgets it: its number; STATUS becomes what it gave to exit.
// A child that was killed or ended for a fault has a status of its own kind (docs/programs.md).
// Process 1 (a program that `faultline run` starts by name is that) is told of everybody's orphans,
// too: numbers that its own fork never gave. So compare the number with the one that is meant, and
// wait on. -NO_CHILD.
inline std::int64_t wait(std::int64_t& status) { return os_wait(&status); }
inline std::int64_t wait() { return os_wait(nullptr); }

// Ends process NUMBER. -NO_PROCESS: nobody has it, and nobody has a negative one, such as fork's
// error; -PERMISSION: not the first one.
inline std::int64_t kill(std::int64_t number) { return os_kill(number); }
// Ends all processes of GROUP but the first one. -NO_PROCESS; -PERMISSION: there is only that one.
inline std::int64_t kill_group(std::int64_t group) { return os_kill_group(group); }

// This process's own number.
inline std::int64_t getpid() { return os_getpid(); }

// Lets others run first.
inline std::int64_t yield() { return os_yield(); }

// Sleeps at least TICKS. FOREVER never returns.
inline constexpr std::uint64_t FOREVER = ~0ULL;
inline std::int64_t sleep(std::uint64_t ticks) { return os_sleep(ticks); }

// Ticks since the machine started.
inline std::uint64_t uptime() { return os_uptime(); }

// Puts PROCESS (0: this one) into GROUP (0: one of its own number). A shell makes a group of each
// pipeline, so that one Ctrl-C ends all of it. -NO_PROCESS: neither this one nor a child of it;
// -NOT_FOUND: nobody is in GROUP.
inline std::int64_t group(std::int64_t process, std::int64_t group) {
    return os_group(process, group);
}

// Whom Ctrl-C at the console ends from now on. -NO_PROCESS: nobody is in GROUP.
inline std::int64_t foreground(std::int64_t group) { return os_foreground(group); }

// This process's share of the processor, for schedulers that know it (stride). -INVALID: COUNT is
// 0, or more than 4,096.
inline std::int64_t tickets(std::uint64_t count) { return os_tickets(count); }

// Gives this process's group a scheduler of its own: what the group gets of the processor, its
// members share as SCHEDULING says; others are scheduled as before. 0. -NO_CALL: there is one
// scheduler for everybody; -TOO_MANY: so many groups have one already; -INVALID: no such
// scheduling.
inline std::int64_t schedule_group(Scheduling scheduling) {
    return os_schedule_group(static_cast<std::uint64_t>(scheduling));
}

} // namespace os
