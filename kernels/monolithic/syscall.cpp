// System calls: a number becomes a function (abi/calls/system_calls.hpp).
// SPDX-License-Identifier: MIT
//
// Before: entry.S. A call that does nothing is to cost little more than its trap, so nothing stands
// between it and the function. Next: the function, in calls/. The program's side is
// user/library/library.cpp.
#include "calls/calls.hpp"
#include "kernel.hpp"

#include "abi/calls/system_calls.hpp"
#include "arch/riscv/upcalls.hpp"

namespace {

constexpr std::uint64_t ECALL_BYTES = 4;

// By number; numbers that mean nothing have call::unknown.
using SystemCallTable = std::array<SystemCallFunction*, 40>;

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
    set(kill_group, call::kill_group);
    set(schedule_group, call::schedule_group);
    return table;
}

constexpr SystemCallTable CALLS = table_of_calls();

} // namespace

// An upcall of the HAL: carries out the call that the registers ask for, and puts the result where
// the program finds it.
extern "C" void on_syscall(TrapFrame& frame) {
    Process& process = running_process();
    frame.pc += ECALL_BYTES;
    const std::uint64_t number = frame.x(reg::A7);
    if (number >= CALLS.size()) [[unlikely]] {
        frame.x(reg::A0) = Answer(std::unexpected(Error::invalid)).raw();
        return;
    }
    const Arguments arguments(&frame.x(reg::A0), Arguments::extent);
    const Answer answer = CALLS[number](process, arguments);
    process.frame->x(reg::A0) = answer.raw(); // FRAME, without keeping it over the call
    end_if_killed(process);
}
