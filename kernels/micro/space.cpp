// Changes of one space, each in force when it returns.
// SPDX-License-Identifier: MIT
//
// Before: spaces.cpp, fault.cpp. Next: arch/riscv/address_space.hpp.
#include "space.hpp"

#include "kernel.hpp"

namespace {

// Whose tables SPACE's are: its manager's, or, if that has ended, root's.
Thread& payer_of(const Space& space) {
    Thread& manager = *space.manager;
    return manager.token == space.manager_token ? manager : kernel.threads[0];
}

} // namespace

Result<Frame> SpaceTables::new_table() {
    const Frame table = TRY(kernel.frames.take_table(payer_of(space)));
    space.tables += 1;
    return table;
}

Result<void> Space::install_with_table(Page page, Frame frame, Rights rights, Access access) {
    if (!is_user_page(page))
        return std::unexpected(Error::bad_address);
    SpaceTables tables_of_it(*this);
    sv39::Pte& entry = *TRY(entry_for(tables_of_it, page));
    count_change(entry, frame);
    put(entry, page, frame, sv39::PteFlags::used(rights, access));
    return {};
}

Result<void> Space::map(Page page, Frame frame, Rights rights) {
    if (!is_user_page(page))
        return std::unexpected(Error::bad_address);
    SpaceTables tables_of_it(*this);
    TRY(AddressSpace::map(tables_of_it, page, frame, sv39::PteFlags::unwritten(rights)));
    kernel.frames.count(frame, 1);
    return {};
}

Result<void> Space::map_used(Page page, Frame frame, Rights rights) {
    if (!is_user_page(page))
        return std::unexpected(Error::bad_address);
    SpaceTables tables_of_it(*this);
    TRY(AddressSpace::map(tables_of_it, page, frame, rights));
    kernel.frames.count(frame, 1);
    return {};
}

Result<void> Space::take_away(Page page) {
    TRY(AddressSpace::unmap(page));
    return {};
}

Result<void> Space::put_back(Page page, Frame frame, Rights rights) {
    SpaceTables tables_of_it(*this);
    return AddressSpace::map(tables_of_it, page, frame, rights);
}

Result<sv39::Pte> Space::unmap(Page page) {
    const sv39::Pte old = TRY(AddressSpace::unmap(page));
    kernel.frames.count(old.frame(), KernelFrames::ONE_LESS);
    return old;
}

Result<sv39::Pte> Space::protect(Page page, Rights rights) {
    if (!sv39::has_encoding(rights))
        return unmap(page);
    const sv39::Pte old = *TRY(entry_of(page));
    TRY(AddressSpace::protect(page, rights));
    return old;
}

void Space::empty() {
    take_all(
        [](const sv39::Pte& entry) { kernel.frames.count(entry.frame(), KernelFrames::ONE_LESS); });
    release_tables([this](Frame table) { kernel.frames.put_table(payer_of(*this), table); });
    kernel.frames.put_table(payer_of(*this), root());
    tables = 0;
}
