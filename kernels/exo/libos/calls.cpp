// ExOS's way through a system call, which is a function call.
// SPDX-License-Identifier: MIT
//
// Before: library_call in entry.S, on the library's own stack. `serve` is services/calls, linked
// into the library: a number becomes a function. A `read` that has nothing to read yet waits in
// call_wait; UnixPlacement::wake in waiting.cpp stores the word that it waits for. Next:
// library_return in entry.S.
#include "critical.hpp"
#include "libos.hpp"
#include "primitives.hpp"

#include "services/calls/lives.hpp"
#include "services/calls/serve.hpp"

// Until what the service named has happened; others run meanwhile.
extern "C" [[gnu::noipa]] void call_wait(Process& process, call::Request request) {
    const unix::Event event = shared.system.awaited(process.index());
    if (event.is_woken()) [[likely]] {
        const volatile std::uint64_t& word = shared.events[event.number()];
        wait_for(word, word, Patience::until_killed);
    } else if (event != unix::Event::turn()) {
        wait_until(request.done());
    } else if (must_yield != 0) {
        yield_slice();
    }
}

// transfer.S
extern "C" abi::exo::ReturnRegisters transfer_out(const std::uint64_t* words);

namespace {

// The request is for another environment; its registers a0 to a5 go there as they are.
std::uint64_t serve_transfer() {
    const Critical section;
    const abi::exo::ReturnRegisters answer = transfer_out(call_context.words.data());
    if (answer.second == 0)
        return answer.first;
    if (answer.second == 1)
        return abi::to_register(Error::not_found);
    begin_turn();
    return abi::to_register(Error::no_process);
}

} // namespace

// The answer of the request in call_context. A process that was killed goes no further.
extern "C" std::uint64_t serve_call() {
    if (call_context.words[7] - EXO_TRANSFER < EXO_BINDINGS) [[unlikely]]
        return serve_transfer();
    enter_critical();
    Process& process = this_process();
    shared.inside = process.index().number() + 1;
    call::Request request{call::Request::Words(call_context.words)};
    request.set_done(0);
    call::Answer answer = call::serve(process, request);
    while (answer.must_wait())
        [[unlikely]] {
            call_wait(process, request);
            heed_revocation();
            answer = call::serve(process, request);
        }
    if (shared.killed[process.index().number()] != 0) [[unlikely]]
        call::end_killed(process);
    shared.inside = 0;
    leave_critical();
    heed_revocation();
    return answer.raw();
}
