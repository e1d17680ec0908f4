// How a fault finds the instance that holds its region.
// SPDX-License-Identifier: MIT
//
// Before: the dispatcher. A space with a region that is held (services/advice/advised.hpp) gets a
// second handler of Translation.PageNotPresent, with a guard, and the first handler never sees that
// region's faults. Next: the instance.
#include "kernels/spin/extensions/pager/pager.hpp"

namespace {

// A fault of a region that an instance holds.
bool is_held(const spin::PageNotPresent& event) {
    const vm::SpaceId space = the_pager().memory.translations.space(event.context);
    return the_pager().advised.holder(space, Page::containing(event.fault.address)).has_value();
}

Result<void> page_of_instance_not_present(const spin::PageNotPresent& event) {
    const vm::SpaceId space = the_pager().memory.translations.space(event.context);
    return the_pager().advised.mend(space, event.fault);
}

} // namespace

// Once for a context, and a context is never another's again.
Result<void> Pager::guard(vm::SpaceId space) {
    const spin::TranslationContext context = memory.translations.context(space);
    if (guarded_[space.raw()] == context)
        return {};
    TRY(translation_install_page_not_present_guarded(context, is_held,
                                                     page_of_instance_not_present));
    guarded_[space.raw()] = context;
    return {};
}
