// Mapping kernel stacks.
// SPDX-License-Identifier: MIT
#include "arch/riscv/kernel_stack_area.hpp"

#include "arch/riscv/csr.hpp"
#include "arch/riscv/kernel_map.hpp"

namespace {

sv39::Pte& entry_of(Page page) { return kernel_stack_table().entries[sv39::index_at(page, 0)]; }

Result<KernelStackPlace> place_of(unsigned index) {
    if (index >= KERNEL_STACK_COUNT)
        return std::unexpected(Error::invalid);
    return KernelStackPlace(index);
}

} // namespace

Result<KernelStackPlace> map_kernel_stack(unsigned index, const KernelStackFrames& frames) {
    const KernelStackPlace place = TRY(place_of(index));
    if (entry_of(place.first()).is_valid())
        return std::unexpected(Error::already_mapped);
    for (unsigned i = 0; i < frames.size(); ++i) {
        entry_of(place.first() + i) =
            sv39::Pte::leaf(frames[i], sv39::PteFlags::kernel(Rights::read_write()));
        csr::fence_page(place.first() + i);
    }
    return place;
}

Result<KernelStackFrames> unmap_kernel_stack(unsigned index) {
    const KernelStackPlace place = TRY(place_of(index));
    KernelStackFrames frames;
    for (unsigned i = 0; i < frames.size(); ++i) {
        sv39::Pte& entry = entry_of(place.first() + i);
        if (!entry.is_valid())
            return std::unexpected(Error::not_mapped);
        frames[i] = entry.frame();
        entry = sv39::Pte();
        csr::fence_page(place.first() + i);
    }
    return frames;
}

std::optional<unsigned> kernel_stack_guarded_at(VirtAddr address) {
    const Page page = Page::containing(address);
    const Page first = Page::containing(VirtAddr(KERNEL_STACKS));
    if (page < first || page - first >= KERNEL_STACK_COUNT * KERNEL_STACK_STRIDE ||
        (page - first) % KERNEL_STACK_STRIDE != 0)
        return std::nullopt;
    return static_cast<unsigned>((page - first) / KERNEL_STACK_STRIDE);
}
