// The UNIX server's loop: the road of a system call, and of faults that only a program mends.
// SPDX-License-Identifier: MIT
//
// Before: unix.cpp. A request comes from a program's library (library/system_call.hpp), by the
// kernel's ipc/l4/ipc.cpp; or from the kernel, in a thread's name (task.cpp). `serve` is
// services/calls, linked into this server: a number becomes a function. Next: the kernel, with the
// answer.
//
// Most requests are one round of serve_requests: an answer and the next request are one trap.
// Whatever else is to be done, look_around does in between, one process after the other.
#include "kernels/micro/servers/unix/personality.hpp"

#include "abi/machine_exit.hpp"
#include "services/calls/lives.hpp"
#include "services/calls/serve.hpp"
#include "services/exec/report.hpp"

namespace {

namespace label = abi::micro::label;
using micro::LongReceived;
using micro::Operation;
using micro::Received;

// An answer that was not given yet; none, if it is for NOBODY. Where its process was ended
// meanwhile, the kernel drops it.
struct Owed {
    std::uint64_t token = abi::micro::NOBODY;
    std::uint64_t word = 0;
    bool is_none() const { return token == abi::micro::NOBODY; }
};

LongReceived answer_and_wait(const Owed& owed) {
    return micro::exchange_long(Operation::reply_and_wait, owed.token, {{owed.word, {}}, {}});
}

LongReceived receive(std::uint64_t ticks) {
    return micro::exchange_long(Operation::receive, 0, {{abi::micro::ANYBODY, {ticks}}, {}});
}

bool is_timeout(const LongReceived& message) {
    return message.received.message.label == abi::to_register(Error::would_block);
}

// Who was told so is ready, at the end of the line.
void answer(Owed& owed) {
    if (!owed.is_none())
        static_cast<void>(micro::exchange(Operation::reply, owed.token, {owed.word, {}}));
    owed = {};
}

} // namespace

// Tries the request of PROCESS.
extern "C" [[gnu::noipa]] call::Answer call_serve(Process& process) {
    return call::serve(process, call::Request(process.request));
}

namespace {

[[gnu::always_inline]] inline Owed serve_call(Process& process) {
    const call::Answer answer = call_serve(process);
    if (answer.must_wait()) [[unlikely]] {
        call_wait(process);
        return {};
    }
    if (answer.is_for_nobody()) [[unlikely]]
        return {};
    if (process.goes_on_with) [[unlikely]] {
        go_on(process);
        return {};
    }
    return {process.token, answer.raw()};
}

// What PROCESS waited for has happened.
Owed serve_again(Process& process) {
    process.waits_for.reset();
    personality.runs.add(process.number);
    personality.served = process.number;
    return serve_call(process);
}

// What happened to the program of PROCESS, which waits. Afterwards that has ended, or its thread
// goes on in a handler.
void serve_trouble(Process& process, const micro::Message& message) {
    const auto& words = message.words;
    if (message.label == label::EXCEPTION)
        call::deliver_exception(process, words[0], words[1]);
    else if (message.label == label::FAULT_REFUSED)
        call::deliver_fault(
            process, Fault{VirtAddr(words[0]), VirtAddr(words[1]), static_cast<Access>(words[2])},
            abi::to_error(-static_cast<std::int64_t>(words[3])));
    else // EXITED
        call::end_process(process, unix::ExitStatus::of_program(words[0]));
    if (process.goes_on_with)
        go_on(process);
}

[[gnu::cold, gnu::noinline]] void serve_kernel(const Received& received) {
    switch (received.message.label) {
    case label::NOTICES_CAME:
        if ((received.message.words[0] & console::KEYS) != 0)
            take_keys();
        return;
    case label::EXCEPTION:
    case label::FAULT_REFUSED:
    case label::EXITED: {
        Process& process = personality.processes[received.badge];
        process.token = received.token;
        personality.served = process.number;
        return serve_trouble(process, received.message);
    }
    default:
        return; // somebody has slept long enough
    }
}

// A call's words are those of a message: its number is the label. They are taken one by one, since
// only so they stay in registers.
[[gnu::always_inline]] inline Owed serve(const LongReceived& next) {
    const auto [number, words] = next.received.message;
    const auto [first, second, third, fourth, fifth] = words;
    const std::uint64_t token = next.received.token;
    const std::uint64_t badge = next.received.badge;
    if (abi::micro::is_of_kernel(number)) [[unlikely]] {
        serve_kernel({{number, {first, second, third, fourth, fifth}}, token, badge});
        return {};
    }
    Process& process = personality.processes[badge];
    process.token = token;
    personality.served = unix::ProcessIndex(badge);
    if (number != CALL_AGAIN) [[likely]]
        process.request = {first, second, third, fourth, fifth, next.more[0], 0, number};
    return serve_call(process);
}

void end_killed() {
    while (!personality.must_end.is_empty())
        call::end_killed(process_at(personality.must_end.any()));
}

[[noreturn]] void nothing_pending() {
    UnixConsole console;
    exec::report_nothing_pending(console, personality.system.name(unix::Processes::FIRST));
    end_machine(machine_exit::NOTHING_PENDING);
}

// Nobody is to be served again. Waits for the next request, until somebody has slept long enough.
LongReceived wait_for_request(Owed owed) {
    const bool sleeps = !personality.sleepers.is_empty();
    personality.has_more_to_do = sleeps;
    if (std::exchange(personality.gives_way, false) || sleeps)
        answer(owed);
    if (sleeps) {
        const std::uint64_t now = micro::kernel_call(Operation::clock);
        const std::uint64_t deadline = personality.sleepers.nearest();
        return receive(deadline > now ? deadline - now : 0);
    }
    if (personality.runs.is_empty() && !is_key_awaited())
        nothing_pending();
    return answer_and_wait(owed);
}

// What is to be done beside the answer; and the next request. Who is served again stands at the end
// of the line then, behind whoever had the processor when that woke. Between two such processes a
// request is taken that came in the meantime, keys first.
LongReceived look_around(Owed owed) {
    for (;;) {
        end_killed();
        wake_due();
        const std::optional<unix::ProcessIndex> next =
            personality.waiting.take(unix::Event::turn());
        if (!next)
            return wait_for_request(owed);
        Owed woken = serve_again(process_at(*next));
        answer(woken);
        if (personality.waiting.is_empty(unix::Event::turn()))
            continue;
        answer(owed);
        const LongReceived message = receive(0);
        if (!is_timeout(message))
            return message;
    }
}

[[gnu::cold, gnu::noinline]] Owed serve_after_all_else(Owed owed) {
    return serve(look_around(owed));
}

} // namespace

void serve_requests() {
    Owed owed{};
    for (;;) {
        if (personality.has_more_to_do) [[unlikely]]
            owed = serve_after_all_else(owed);
        else
            owed = serve(answer_and_wait(owed));
    }
}
