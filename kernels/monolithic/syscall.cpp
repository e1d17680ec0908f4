// The road of a system call through the monolithic kernel: four stations on the caller's stack.
// SPDX-License-Identifier: MIT
//
// Before: entry.S. `serve` is services/calls, linked into the kernel: a number becomes a function.
// A `read` that has nothing to read yet sleeps in call_wait; placement/waiting.cpp wakes it. Next:
// trap_return in entry.S. The program's side is user/library/library.cpp.
#include "devices.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "arch/riscv/trap_frame.hpp"
#include "services/calls/serve.hpp"

namespace {

constexpr std::uint64_t ECALL_BYTES = 4;

// The eight words of the request lie in the trap frame, where they stay until it is answered.
call::Request request_in(TrapFrame& frame) {
    return call::Request(call::Request::Words(&frame.x(reg::A0), call::Request::WORDS));
}

// Between two pieces of a long transfer: keys and the timer are heard, and others run when this
// turn is over.
void let_others_go_on() {
    serve_pending_interrupts();
    end_turn_if_over();
}

} // namespace

// entry.S calls them one after the other, and the middle two until there is an answer. Those that
// every call passes through keep no frame pointer, of which a debugger has no need here: so a null
// call is a tenth shorter.
extern "C" {

// What is asked? The request lies in FRAME already; the program will go on behind its ecall.
[[gnu::noipa, gnu::optimize("omit-frame-pointer")]] void call_receive(TrapFrame& frame) {
    frame.pc += ECALL_BYTES;
    request_in(frame).set_done(0);
}

// The answer, or that there is none yet.
[[gnu::noipa, gnu::optimize("omit-frame-pointer")]] call::Answer call_serve(call::Request request) {
    return call::serve(running_process(), request);
}

// Then the thread sleeps, here, until what the service named has happened.
[[gnu::noipa]] void call_wait() {
    Process& process = running_process();
    const unix::Event event = kernel.system.awaited(process.index());
    if (event.is_woken()) [[likely]]
        sleep_in(kernel.events[event.number()], Thread::Sleep::until_woken_or_killed);
    else if (event == unix::Event::turn())
        let_others_go_on();
    else
        sleep_until(request_in(*process.frame).done());
}

// The program finds it in a0. FRAME is the program's still, or that of the program that an exec has
// put into its place. A process that was killed goes no further than this.
[[gnu::noipa, gnu::optimize("omit-frame-pointer")]] void call_answer(TrapFrame& frame,
                                                                     std::uint64_t answer) {
    frame.x(reg::A0) = answer;
    end_if_killed(running_process());
}

} // extern "C"
