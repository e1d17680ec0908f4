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

extern "C" {

// The handler of Trap.SystemCall. A request is tried until it is answered. Where a killed process
// stands meanwhile is no matter: heed_kill comes before its program goes on.
[[gnu::noipa]] std::uint64_t call_serve(spin::SystemCall call) {
    Process& process = process_of(call.strand);
    call::Request request(call.words);
    request.set_done(0);
    const call::Answer answer = call::serve(process, request);
    if (answer.must_wait()) [[unlikely]]
        return serve_after_waiting(process, request);
    return answer.raw();
}

} // extern "C"

namespace {

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
    Process& process = process_of(event.strand);
    if (process.must_end)
        call::end_killed(process);
}

// A context that is new has room for them.
void install_handlers(spin::TranslationContext context) {
    MUST(spin::install_system_call(context, call_serve));
    MUST(translation_install_bad_address(context, fault_refused));
    MUST(translation_install_protection_fault(context, fault_refused));
    MUST(trap_install_exception(context, exception));
}
