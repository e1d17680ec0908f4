// Translation: a program's address space, as whoever holds it sees it.
// SPDX-License-Identifier: MIT
//
// What an extension sees of ../space.cpp and ../fault.cpp. Names beside SPIN's (SOSP'95,
// figures 1 to 4):
//   spin::TranslationContext               Translation.T
//   translation_create                     Translation.Create
//   translation_destroy                    Translation.Destroy
//   translation_add_mapping                Translation.AddMapping
//   translation_remove_mapping             Translation.RemoveMapping
//   translation_examine_mapping            Translation.ExamineMapping
//   translation_protect_mapping, translation_forget_access
//                                          - (AddMapping in the place of the one before)
//   spin::PageNotPresent                   the event Translation.PageNotPresent
//   spin::BadAddress, ProtectionFault      the events of these names
//   translation_install_page_not_present   Dispatcher.InstallHandler, for these events
//   spin::FaultGuard                       - (a handler's guard is a procedure without a name)
#pragma once

#include "kernels/spin/interface/phys_addr.hpp"

#include "lib/fault.hpp"

class Space; // the kernel's

namespace spin {

inline constexpr std::size_t SPACES = 72; // at a time: a context's number is below this

// The right to an address space: who holds it may change its translations and handle its events.
// It can be compared and handed on, and not looked into.
class TranslationContext final : public Reference {
public:
    constexpr TranslationContext() = default; // names no space

private:
    friend class ::Space;
    using Reference::Reference;
};

// A program in CONTEXT accessed a page that has no translation, or not this right. A handler that
// returns success has mended that, and the instruction is executed again; an error ends the
// program, unless BadAddress or ProtectionFault has a handler.
struct PageNotPresent {
    TranslationContext context;
    Fault fault;
};
using FaultHandler = Result<void> (*)(const PageNotPresent& event);
using FaultGuard = bool (*)(const PageNotPresent& event);

// What is raised next where PageNotPresent was answered with an error: ProtectionFault for
// not_permitted, BadAddress for all others. Who pages a program knows what is allocated, as SPIN's
// kernel does, and who handles these two decides what becomes of the program: after success it goes
// on, an error ends it.
struct BadAddress {
    TranslationContext context;
    Fault fault;
    Error why; // what PageNotPresent was answered with
};
using ProtectionFault = BadAddress;
using RefusalHandler = Result<void> (*)(const BadAddress& event);

// What a translation was used for since it was added, or since that was last forgotten.
struct Mapping {
    Rights rights = Rights::none();
    bool was_accessed = false;
    bool was_written = false;
};

} // namespace spin

extern "C" {

// A space with nothing in it. Its tables are the kernel's frames, and are put down to QUOTA.
// no_memory; too_many; not_permitted: the quota is none.
Result<spin::TranslationContext> translation_create(spin::FrameQuota quota);

// Ends CONTEXT with all its translations and handlers. not_permitted: it is none; would_block: a
// strand runs there.
Result<void> translation_destroy(spin::TranslationContext context);

// PAGE -> FRAME in CONTEXT, with RIGHTS, in force at once, in the place of what an extension put
// there before; the entry notes ACCESS as the machine would. not_permitted: the context or the
// frame is none (any more); bad_address: not a program's page; invalid: rights without read;
// already_mapped: by a frame of the kernel's own; no_memory (for a table).
Result<void> translation_add_mapping(spin::TranslationContext context, Page page,
                                     spin::FrameCapability frame, Rights rights, Access access);

// Takes PAGE's translation away and says what it was used for. not_permitted; not_mapped;
// bad_address: the page is the kernel's, or shows a frame that the kernel put there.
Result<spin::Mapping> translation_remove_mapping(spin::TranslationContext context, Page page);

// What PAGE's translation allows, and was used for. not_permitted; not_mapped; bad_address.
Result<spin::Mapping> translation_examine_mapping(spin::TranslationContext context, Page page);

// PAGE's translation allows RIGHTS from now on, in force at once, and keeps what it was used for,
// which is returned; rights to nothing take it away. As translation_remove_mapping; invalid: rights
// without read.
Result<spin::Mapping> translation_protect_mapping(spin::TranslationContext context, Page page,
                                                  Rights rights);

// PAGE's translation was not accessed from here on. As translation_remove_mapping.
Result<void> translation_forget_access(spin::TranslationContext context, Page page);

// HANDLER is called for the faults of CONTEXT, and of no other. not_permitted: the context is none;
// invalid: the handler is no code of an extension; no_memory: no room for a handler.
Result<void> translation_install_page_not_present(spin::TranslationContext context,
                                                  spin::FaultHandler handler);
// The same for those of CONTEXT's faults that GUARD holds for. It is asked before handlers without.
Result<void> translation_install_page_not_present_guarded(spin::TranslationContext context,
                                                          spin::FaultGuard guard,
                                                          spin::FaultHandler handler);
// The same for faults at addresses that are nobody's, and without the right.
Result<void> translation_install_bad_address(spin::TranslationContext context,
                                             spin::RefusalHandler handler);
Result<void> translation_install_protection_fault(spin::TranslationContext context,
                                                  spin::RefusalHandler handler);
}
