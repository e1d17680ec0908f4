// The events' own modules: who may handle what.
// SPDX-License-Identifier: MIT
//
// Before: an extension's start (extensions/pager/pager.cpp), through the interface. Next: the event
// is raised, in fault.cpp or syscall.cpp.
#include "ipc.hpp"

#include "authority.hpp"
#include "kernel.hpp"

extern "C" {

// Whoever holds a context, and nobody else, handles its events.
Result<void> translation_install_page_not_present(spin::TranslationContext context,
                                                  spin::FaultHandler handler) {
    return TRY(find_space(context))
        ->events.page_not_present.install({.domain = TRY(owner_of(handler)), .handler = handler});
}

Result<void> translation_install_page_not_present_guarded(spin::TranslationContext context,
                                                          spin::FaultGuard guard,
                                                          spin::FaultHandler handler) {
    Space& space = *TRY(find_space(context));
    TRY(owner_of(guard));
    return space.events.page_not_present.install(
        {.domain = TRY(owner_of(handler)), .guard = guard, .handler = handler});
}

Result<void> translation_install_bad_address(spin::TranslationContext context,
                                             spin::RefusalHandler handler) {
    return TRY(find_space(context))
        ->events.bad_address.install({.domain = TRY(owner_of(handler)), .handler = handler});
}

Result<void> translation_install_protection_fault(spin::TranslationContext context,
                                                  spin::RefusalHandler handler) {
    return TRY(find_space(context))
        ->events.protection_fault.install({.domain = TRY(owner_of(handler)), .handler = handler});
}

// Which of its system calls, says the installer's own guard.
Result<void> trap_install_system_call(spin::TranslationContext context, spin::SystemCallGuard guard,
                                      spin::SystemCallHandler handler) {
    Space& space = *TRY(find_space(context));
    if (guard != nullptr)
        TRY(owner_of(guard));
    return space.events.system_call.install(
        {.domain = TRY(owner_of(handler)), .guard = guard, .handler = handler});
}

Result<void> trap_install_exception(spin::TranslationContext context,
                                    spin::ExceptionHandler handler) {
    return TRY(find_space(context))
        ->events.exception.install({.domain = TRY(owner_of(handler)), .handler = handler});
}

} // extern "C"
