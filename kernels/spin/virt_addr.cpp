// VirtAddr's procedures: copying to and from programs.
// SPDX-License-Identifier: MIT
//
// Before: an extension that serves a system call. Next: arch/riscv/user_memory.cpp.
#include "authority.hpp"

#include "interface/virt_addr.hpp"

extern "C" {

Result<void> virt_addr_read(spin::TranslationContext context, VirtAddr source,
                            std::span<std::byte> destination) {
    return copy_from_user(*TRY(find_space(context)), source, destination);
}

Result<void> virt_addr_write(spin::TranslationContext context, VirtAddr destination,
                             std::span<const std::byte> source) {
    return copy_to_user(*TRY(find_space(context)), destination, source);
}

VirtAddr virt_addr_first_unreachable(spin::TranslationContext context, VirtAddr start,
                                     std::uint64_t count, Access access) {
    const Result<Space*> space = find_space(context);
    return space ? first_unreachable(**space, start, count, access) : start;
}

} // extern "C"
