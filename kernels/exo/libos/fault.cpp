// ExOS's way through a page fault, and the end of what cannot be mended.
// SPDX-License-Identifier: MIT
//
// Before: exception_entry in entry.S. The three middle stages are services/vm/fault.cpp, linked
// into the library OS; the kernel's fault_install (../fault.cpp) is reached by a primitive. Next:
// fault_resume in entry.S.
#include "fault.hpp"

#include "critical.hpp"
#include "libos.hpp"
#include "primitives.hpp"

#include "lib/exception.hpp"
#include "lib/panic.hpp"
#include "services/calls/lives.hpp"
#include "services/vm/fault.hpp"
#include "services/vm/visit.hpp"

namespace {

// Why the last page fault could not be mended.
constinit Error refusal = Error::invalid;

Result<void> mend(const Fault& fault) {
    const vm::SpaceId space = libos.memory.translations.in_force();
    TRY(fault_resolve(libos.memory, space, fault));
    TRY(fault_frame(libos.memory));
    TRY(fault_fill(libos.memory));
    return libos.memory.translations.install(libos.memory.resolution());
}

Fault fault_of(const abi::exo::SaveArea& save) {
    return {VirtAddr(save.address), VirtAddr(save.pc), exception::access_of(save.cause)};
}

} // namespace

std::uint64_t handle_exception(const abi::exo::SaveArea& save) {
    if (!exception::is_page_fault(save.cause)) [[unlikely]]
        return 1;
    Result<void> mended = mend(fault_of(save));
    if (!mended) [[unlikely]]
        mended = vm::visit_with_room(libos.memory, libos.memory.translations.in_force(),
                                     fault_of(save), mended.error());
    heed_revocation();
    if (mended) [[likely]]
        return 0;
    refusal = mended.error();
    return 1;
}

void deliver_exception() {
    const abi::exo::SaveArea& save = environment_page().save;
    if (critical != 0)
        panic("ExOS: an exception in a critical section");
    const Critical section;
    if (exception::is_page_fault(save.cause))
        call::deliver_fault(this_process(), fault_of(save), refusal);
    else
        call::deliver_exception(this_process(), save.cause, save.address);
}
