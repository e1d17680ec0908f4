// Installing handlers: what each event's module allows, and the guard that it imposes.
// SPDX-License-Identifier: MIT
//
// Before: an extension's start (extensions/pager/pager.cpp), through the interface. Next: the event
// is raised, in fault.cpp or syscall.cpp.
#include "ipc.hpp"

#include "authority.hpp"
#include "kernel.hpp"

Result<void> refuse_fault(const spin::PageNotPresent&) {
    return std::unexpected(Error::bad_address);
}

// A number that nobody's guard holds for; from outside it shows what the program asked for.
Result<std::uint64_t> refuse_call(const spin::SystemCall&) {
    return std::unexpected(Error::not_supported);
}

extern "C" {

// Whoever pages a context, and nobody else, sees its faults.
Result<void> translation_install_page_not_present(spin::TranslationContext context,
                                                  spin::PageNotPresentHandler handler) {
    TRY(held_space(context, running_domain()));
    return kernel.events.page_not_present.install({
        .domain = running_domain(),
        .only = context,
        .handler = handler,
    });
}

// The same for its system calls; which of them, says the installer's own guard.
Result<void> trap_install_system_call(spin::TranslationContext context, spin::SystemCallGuard guard,
                                      spin::SystemCallHandler handler) {
    TRY(held_space(context, running_domain()));
    return kernel.events.system_call.install({
        .domain = running_domain(),
        .only = context,
        .guard = guard,
        .handler = handler,
    });
}

} // extern "C"
