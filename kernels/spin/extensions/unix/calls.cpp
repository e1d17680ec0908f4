// The road of a system call through the UNIX extension, and of faults that only a program mends.
// SPDX-License-Identifier: MIT
//
// Before: the events Trap.SystemCall (../../syscall.cpp), Translation.BadAddress and
// ProtectionFault (../../fault.cpp) and Trap.Exception (../../entry.cpp). `serve` is
// services/calls, linked into this extension: a number becomes a function.
#include "kernels/spin/extensions/unix/personality.hpp"

#include "kernels/spin/interface/trap.hpp"

#include "services/calls/lives.hpp"
#include "services/calls/serve.hpp"

namespace {

// The strand blocks, here, until EVENT happened, or PROCESS was killed.
void wait_for(Process& process, unix::Event event, std::uint64_t deadline) {
    process.waits_for = event;
    if (event.is_woken()) {
        personality.waiting.join(event, process.number);
        while (process.waits_for)
            MUST(strand_block(process.strand));
    } else {
        strand_block_until(deadline);
        process.waits_for.reset();
    }
}

} // namespace

extern "C" {

// The answer, or that there is none yet.
[[gnu::noipa]] call::Answer call_serve(Process& process, call::Request request) {
    return call::serve(process, request);
}

// Then the strand waits for what the service named.
[[gnu::noipa]] void call_wait(Process& process, call::Request request) {
    const unix::Event event = personality.system.awaited(process.number);
    if (event == unix::Event::turn())
        strand_pause();
    else
        wait_for(process, event, request.done());
}

} // extern "C"

namespace {

// A request is tried until it is answered. Where a killed process stands meanwhile is no matter:
// heed_kill comes before its program goes on.
std::uint64_t system_call(const spin::SystemCall& call) {
    Process& process = process_in(call.context);
    call::Request request(call.words);
    request.set_done(0);
    for (;;) {
        const call::Answer answer = call_serve(process, request);
        if (!answer.must_wait()) [[likely]]
            return answer.raw();
        call_wait(process, request);
    }
}

// What the pager does not mend only the program itself could.
Result<void> fault_refused(const spin::BadAddress& event) {
    call::deliver_fault(process_in(event.context), event.fault, event.why);
    return {};
}

Result<void> exception(const spin::Exception& event) {
    call::deliver_exception(process_in(event.context), event.cause, event.value);
    return {};
}

} // namespace

void heed_kill(const spin::StrandEvent& event) {
    Process& process = personality.processes[personality.by_strand[event.strand.number()].number()];
    if (process.must_end)
        call::end_killed(process);
}

// A context that is new has room for them.
void install_handlers(spin::TranslationContext context) {
    MUST(spin::install_system_call(context, system_call));
    MUST(translation_install_bad_address(context, fault_refused));
    MUST(translation_install_protection_fault(context, fault_refused));
    MUST(trap_install_exception(context, exception));
}
