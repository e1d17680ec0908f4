// The table of system calls: which function each number stands for.
// SPDX-License-Identifier: MIT
#include "syscall.hpp"

#include "abi/calls/system_calls.hpp"

namespace {

constexpr SystemCallTable table_of_calls() {
    SystemCallTable table;
    table.fill(call::unknown);
    const auto set = [&](abi::SystemCall number, SystemCallFunction* function) {
        table[static_cast<std::size_t>(number)] = function;
    };
    using enum abi::SystemCall;
    set(exit, call::exit);
    set(write, call::write);
    set(sbrk, call::sbrk);
    set(sleep, call::sleep);
    set(uptime, call::uptime);
    set(fork, call::fork);
    set(exec, call::exec);
    set(wait, call::wait);
    set(kill, call::kill);
    set(getpid, call::getpid);
    set(yield, call::yield);
    set(read, call::read);
    set(open, call::open);
    set(close, call::close);
    set(dup, call::dup);
    set(pipe, call::pipe);
    set(fstat, call::fstat);
    set(mkdir, call::mkdir);
    set(mknod, call::mknod);
    set(link, call::link);
    set(unlink, call::unlink);
    set(chdir, call::chdir);
    set(seek, call::seek);
    set(sync, call::sync);
    set(mmap, call::mmap);
    set(munmap, call::munmap);
    set(mprotect, call::mprotect);
    set(advise, call::advise);
    set(handler, call::handler);
    set(resume, call::resume);
    set(group, call::group);
    set(foreground, call::foreground);
    set(terminal, call::terminal);
    set(tickets, call::tickets);
    set(statistics, call::statistics);
    set(processes, call::processes);
    set(memory, call::memory);
    return table;
}

} // namespace

constinit const SystemCallTable SYSTEM_CALLS = table_of_calls();
