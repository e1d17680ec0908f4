// Building address spaces, and taking them down; Translation's procedures but for AddMapping.
// SPDX-License-Identifier: MIT
//
// Before: whoever makes a space: the loader in task.cpp, or an extension. A translation comes in by
// fault_install (fault.cpp).
#include "space.hpp"

#include "authority.hpp"
#include "kernel.hpp"

#include "arch/riscv/csr.hpp"
#include "arch/riscv/kernel_map.hpp"

#include <utility>

namespace {

// An entry of the program's goes: its frame is mapped once less. The kernel's own is free then.
void forget(Frame frame) {
    if (FrameRecord* const record = kernel.frames.find(frame))
        record->mappings -= 1;
    else
        kernel.memory.give(frame, nullptr);
}

spin::Mapping mapping_of(const sv39::Pte& entry) {
    const sv39::PteFlags flags = entry.flags();
    return {
        .rights = flags.rights(), .was_accessed = flags.accessed(), .was_written = flags.dirty()};
}

// PAGE's entry in SPACE, which shows a frame of an extension's. What the kernel put there itself
// stays: its frame would be nobody's. not_mapped; bad_address.
Result<sv39::Pte*> lent_entry(const Space& space, Page page) {
    sv39::Pte* const entry = TRY(space.entry_of(page));
    if (kernel.frames.find(entry->frame()) == nullptr)
        return std::unexpected(Error::bad_address);
    return entry;
}

Result<Space*> free_space() {
    for (Space& space : kernel.spaces)
        if (!space.is_used())
            return &space;
    return std::unexpected(Error::too_many);
}

} // namespace

Result<Frame> KernelTables::new_table() { return kernel.memory.take_zeroed(payer); }

Result<void> Space::begin(std::uint32_t number, Quota* payer) {
    KernelTables tables(payer);
    const Frame root = TRY(tables.new_table());
    AddressSpace::operator=(AddressSpace(root, sv39::Asid(static_cast<std::uint16_t>(number + 1))));
    reference_ = {number, reference_.generation()};
    payer_ = payer;
    is_used_ = true;
    return {};
}

void Space::end() {
    auto contents = KernelFrames::Contents::any;
    if (has_kernel_frames_) {
        take_all([](const sv39::Pte& entry) { forget(entry.frame()); });
        contents = KernelFrames::Contents::zeroes;
    }
    release_tables([&](Frame table) { kernel.memory.give(table, payer_, contents); });
    kernel.memory.give(root(), payer_);
    events = Events();
    reference_ = {reference_.number(), reference_.generation() + 1};
    payer_ = nullptr;
    is_used_ = false;
    has_kernel_frames_ = false;
}

// Pages of extensions' frames whose record is one of those looked for.
template <class Is>
void Space::unmap_where(Is is) {
    for_each([&](Page page, const sv39::Pte& entry) {
        const FrameRecord* const record = kernel.frames.find(entry.frame());
        if (record == nullptr || !is(*record))
            return;
        forget(entry.frame());
        static_cast<void>(unmap(page)); // it was just seen
    });
}

std::uint64_t Space::mappings_of(const FrameRecord& record) const {
    std::uint64_t count = 0;
    for_each([&](Page, const sv39::Pte& entry) {
        count += kernel.frames.find(entry.frame()) == &record ? 1 : 0;
    });
    return count;
}

void Space::unmap_all_of(const Quota& owner) {
    unmap_where([&](const FrameRecord& record) { return record.owner == &owner; });
}

void Space::unmap_all_of(const FrameRecord& record) {
    unmap_where([&](const FrameRecord& other) { return &other == &record; });
}

Result<Space*> create_space(Quota* payer) {
    Space& space = *TRY(free_space());
    TRY(space.begin(static_cast<std::uint32_t>(&space - kernel.spaces.data()), payer));
    return &space;
}

extern "C" {

Result<spin::TranslationContext> translation_create(spin::FrameQuota quota) {
    return TRY(create_space(TRY(find_quota(quota))))->reference();
}

Result<void> translation_destroy(spin::TranslationContext context) {
    Space& space = *TRY(find_space(context));
    if (space.strands != 0)
        return std::unexpected(Error::would_block);
    space.end();
    return {};
}

Result<spin::Mapping> translation_remove_mapping(spin::TranslationContext context, Page page) {
    sv39::Pte& entry = *TRY(lent_entry(*TRY(find_space(context)), page));
    const sv39::Pte old = std::exchange(entry, sv39::Pte());
    csr::fence_page(page);
    forget(old.frame());
    return mapping_of(old);
}

Result<spin::Mapping> translation_protect_mapping(spin::TranslationContext context, Page page,
                                                  Rights rights) {
    if (rights == Rights::none())
        return translation_remove_mapping(context, page);
    TRY(Space::check(page, rights));
    sv39::Pte& entry = *TRY(lent_entry(*TRY(find_space(context)), page));
    const sv39::Pte old = entry;
    Space::put(entry, page, old.frame(), old.flags().with(rights));
    if (rights.can_execute())
        csr::fence_instructions(); // the program may have stored what it will fetch
    return mapping_of(old);
}

Result<void> translation_forget_access(spin::TranslationContext context, Page page) {
    sv39::Pte& entry = *TRY(lent_entry(*TRY(find_space(context)), page));
    Space::put(entry, page, entry.frame(), entry.flags().not_accessed());
    return {};
}

Result<spin::Mapping> translation_examine_mapping(spin::TranslationContext context, Page page) {
    const Space& space = *TRY(find_space(context));
    return mapping_of(TRY(space.examine(page)));
}

} // extern "C"
