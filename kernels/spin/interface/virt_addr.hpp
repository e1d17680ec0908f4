// VirtAddr: a program's memory, as whoever holds its address space reaches it.
// SPDX-License-Identifier: MIT
//
// What an extension sees of ../virt_addr.cpp. In SPIN (SOSP'95, figure 3) VirtAddr allocates ranges
// of addresses; here regions are the pager's, and what is left for the kernel is to go by a
// program's own translations, with the program's rights. Nothing is mended on the way: a page that
// is not there is not_mapped, and whoever asked mends it as if the program had faulted.
#pragma once

#include "kernels/spin/interface/translation.hpp"

#include "lib/piecewise.hpp"

#include <cstddef>
#include <span>

extern "C" {

// Copies from CONTEXT's memory at SOURCE: all of DESTINATION or nothing. not_permitted: the context
// is none; bad_address; not_mapped.
Result<void> virt_addr_read(spin::TranslationContext context, VirtAddr source,
                            std::span<std::byte> destination);

// Copies SOURCE into CONTEXT's memory at DESTINATION: all of it or nothing. The same.
Result<void> virt_addr_write(spin::TranslationContext context, VirtAddr destination,
                             std::span<const std::byte> source);

// The first of COUNT bytes at START in CONTEXT's memory whose page refuses ACCESS at this moment;
// START + COUNT: none does. Where the context is none, START.
VirtAddr virt_addr_first_unreachable(spin::TranslationContext context, VirtAddr start,
                                     std::uint64_t count, Access access);
}

namespace spin {

inline Result<void> copy_from_user(TranslationContext context, VirtAddr source,
                                   std::span<std::byte> destination) {
    return virt_addr_read(context, source, destination);
}
inline Result<void> copy_to_user(TranslationContext context, VirtAddr destination,
                                 std::span<const std::byte> source) {
    return virt_addr_write(context, destination, source);
}

// A program's memory as the two ends of a transfer (io::Destination, io::Source).
using ProgramDestination = PiecewiseDestination<TranslationContext>;
using ProgramSource = PiecewiseSource<TranslationContext>;

} // namespace spin
