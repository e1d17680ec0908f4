// Serving a request: a number becomes a function.
// SPDX-License-Identifier: MIT
//
// The station between call_receive and call_answer, the same on every kernel. A call that does
// nothing is to cost little more than its trap, so nothing stands between it and the function.
// Next: the function, in this folder. Who calls: each kernel's syscall.cpp, or a server's loop.
#pragma once

#include "services/calls/calls.hpp"

#include "abi/calls/system_calls.hpp"

namespace call {

// By number; numbers that mean nothing have `unknown`.
using Table = std::array<Function*, 40>;

constexpr Table table_of_calls() {
    Table table;
    table.fill(unknown);
    const auto set = [&](abi::SystemCall number, Function* function) {
        table[static_cast<std::size_t>(number)] = function;
    };
    using Number = abi::SystemCall;
    set(Number::exit, exit);
    set(Number::write, write);
    set(Number::sbrk, sbrk);
    set(Number::sleep, sleep);
    set(Number::uptime, uptime);
    set(Number::fork, fork);
    set(Number::exec, exec);
    set(Number::wait, wait);
    set(Number::kill, kill);
    set(Number::getpid, getpid);
    set(Number::yield, yield);
    set(Number::read, read);
    set(Number::open, open);
    set(Number::close, close);
    set(Number::dup, dup);
    set(Number::pipe, pipe);
    set(Number::fstat, fstat);
    set(Number::mkdir, mkdir);
    set(Number::mknod, mknod);
    set(Number::link, link);
    set(Number::unlink, unlink);
    set(Number::chdir, chdir);
    set(Number::seek, seek);
    set(Number::sync, sync);
    set(Number::mmap, mmap);
    set(Number::munmap, munmap);
    set(Number::mprotect, mprotect);
    set(Number::advise, advise);
    set(Number::handler, handler);
    set(Number::resume, resume);
    set(Number::group, group);
    set(Number::foreground, foreground);
    set(Number::terminal, terminal);
    set(Number::tickets, tickets);
    set(Number::statistics, statistics);
    set(Number::processes, processes);
    set(Number::memory, memory);
    set(Number::kill_group, kill_group);
    set(Number::schedule_group, schedule_group);
    return table;
}

inline constexpr Table CALLS = table_of_calls();

// Tries CALLER's REQUEST. The answer may be that it must wait.
inline Answer serve(Caller& caller, Request request) {
    const std::uint64_t number = request.number();
    if (number >= CALLS.size()) [[unlikely]]
        return std::unexpected(Error::invalid);
    return CALLS[number](caller, request);
}

} // namespace call
