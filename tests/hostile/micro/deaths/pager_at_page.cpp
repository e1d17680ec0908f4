// The pager, broken while it mends a fault: the first one at a certain page.
// SPDX-License-Identifier: MIT
//
// Before: answer_fault in pager.cpp, with any fault; the linker leads its call here (--wrap).
#include "breaking_page.hpp"

#include "lib/fault.hpp"
#include "lib/result.hpp"
#include "services/vm/names.hpp"

extern "C" {
[[noreturn]] void breaks();
Result<void> real_resolve(void* memory, vm::SpaceId space,
                          const Fault& fault) asm("__real_fault_resolve");
Result<void> resolve_or_break(void* memory, vm::SpaceId space,
                              const Fault& fault) asm("__wrap_fault_resolve");
}

Result<void> resolve_or_break(void* memory, vm::SpaceId space, const Fault& fault) {
    if (fault.address == VirtAddr(BREAKING_PAGE))
        breaks();
    return real_resolve(memory, space, fault);
}
