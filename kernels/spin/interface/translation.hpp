// Translation: a program's address space, as the extension that pages it sees it.
// SPDX-License-Identifier: MIT
//
// What an extension sees of ../space.cpp and ../fault.cpp. Names beside SPIN's (SOSP'95,
// figures 1 to 4):
//   spin::TranslationContext               Translation.T
//   translation_add_mapping                Translation.AddMapping
//   spin::PageNotPresent                   the event Translation.PageNotPresent
//   translation_install_page_not_present   Dispatcher.InstallHandler, for that event
#pragma once

#include "kernels/spin/interface/phys_addr.hpp"

#include "lib/fault.hpp"

class Space; // the kernel's

namespace spin {

// The right to an address space's translations: a reference that can be compared and handed in, and
// not looked into.
class TranslationContext {
public:
    bool operator==(const TranslationContext&) const = default;

private:
    friend class ::Space;
    explicit constexpr TranslationContext(Space& space) : space_(&space) {}

    Space* space_;
};

// A program in CONTEXT accessed a page that has no translation, or not this right. A handler that
// returns success has mended that, and the instruction is executed again; an error ends the
// program.
struct PageNotPresent {
    TranslationContext context;
    Fault fault;
};
using PageNotPresentHandler = Result<void> (*)(const PageNotPresent& event);

} // namespace spin

extern "C" {

// PAGE -> FRAME in CONTEXT, with RIGHTS, in force at once; the entry notes ACCESS as the machine
// would. A frame of this extension's own that stood there is replaced. not_permitted: the context
// was not given to this extension, or the frame is not its own; bad_address: not a program's page;
// invalid: rights without read; already_mapped: by a frame that is not its own; no_memory (for a
// table).
Result<void> translation_add_mapping(spin::TranslationContext context, Page page,
                                     spin::FrameCapability frame, Rights rights, Access access);

// HANDLER is called for the faults of CONTEXT, and of no other: the kernel imposes that guard.
// not_permitted: the context was not given to this extension; no_memory: no room for a handler.
Result<void> translation_install_page_not_present(spin::TranslationContext context,
                                                  spin::PageNotPresentHandler handler);
}
