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

// Tries CALLER's REQUEST. The answer may be that it must wait, or that nobody is left to hear one:
// then CALLER is none any more.
static Answer serve(Caller& caller, Request request) {
    constexpr auto is = [](abi::SystemCall number) { return static_cast<std::uint64_t>(number); };
    using Number = abi::SystemCall;
    switch (request.number()) {
    case is(Number::exit):
        return exit(caller, request);
    case is(Number::write):
        return write(caller, request);
    case is(Number::sbrk):
        return sbrk(caller, request);
    case is(Number::sleep):
        return sleep(caller, request);
    case is(Number::uptime):
        return uptime(caller, request);
    case is(Number::fork):
        return fork(caller, request);
    case is(Number::exec):
        return exec(caller, request);
    case is(Number::wait):
        return wait(caller, request);
    case is(Number::kill):
        return kill(caller, request);
    case is(Number::getpid):
        return getpid(caller, request);
    case is(Number::yield):
        return yield(caller, request);
    case is(Number::read):
        return read(caller, request);
    case is(Number::open):
        return open(caller, request);
    case is(Number::close):
        return close(caller, request);
    case is(Number::dup):
        return dup(caller, request);
    case is(Number::pipe):
        return pipe(caller, request);
    case is(Number::fstat):
        return fstat(caller, request);
    case is(Number::mkdir):
        return mkdir(caller, request);
    case is(Number::mknod):
        return mknod(caller, request);
    case is(Number::link):
        return link(caller, request);
    case is(Number::unlink):
        return unlink(caller, request);
    case is(Number::chdir):
        return chdir(caller, request);
    case is(Number::seek):
        return seek(caller, request);
    case is(Number::sync):
        return sync(caller, request);
    case is(Number::mmap):
        return mmap(caller, request);
    case is(Number::munmap):
        return munmap(caller, request);
    case is(Number::mprotect):
        return mprotect(caller, request);
    case is(Number::advise):
        return advise(caller, request);
    case is(Number::handler):
        return handler(caller, request);
    case is(Number::resume):
        return resume(caller, request);
    case is(Number::group):
        return group(caller, request);
    case is(Number::foreground):
        return foreground(caller, request);
    case is(Number::terminal):
        return terminal(caller, request);
    case is(Number::tickets):
        return tickets(caller, request);
    case is(Number::statistics):
        return statistics(caller, request);
    case is(Number::processes):
        return processes(caller, request);
    case is(Number::memory):
        return memory(caller, request);
    case is(Number::kill_group):
        return kill_group(caller, request);
    case is(Number::schedule_group):
        return schedule_group(caller, request);
    default:
        return std::unexpected(Error::invalid);
    }
}

} // namespace call
