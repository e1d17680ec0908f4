// Fork: a child gets copies of regions and records, and shares frames and swap slots.
// SPDX-License-Identifier: MIT
//
// A page that is resident is mapped for the child at once, without write: an entry in its page
// table costs about 50 instructions, a fault seven times that, and a child touches much of what its
// parent had in use. What both may write to loses its write right in the parent's table, too.
#include "services/vm/users.hpp"

namespace vm {

Result<void> Memory::fork(SpaceId parent, SpaceId child) {
    const Space& from = spaces_[parent.raw()];
    Space& to = spaces_[child.raw()];
    to.heap = from.heap;
    for (const Region& region : from.regions.all()) {
        const Result<void> copied = fork_region(parent, child, region);
        if (!copied) {
            // Its pages are not written to yet, so that nothing can fail to be written back.
            static_cast<void>(remove(child, {Page(0), Page(SPACE_PAGES)}, Removal::each));
            return copied;
        }
    }
    return {};
}

Result<void> Memory::fork_region(SpaceId parent, SpaceId child, const Region& region) {
    TRY(add(spaces_[child.raw()], region));
    Result<void> outcome{};
    for_each_record(spaces_[parent.raw()], {region.first, region.end},
                    [&](Page page, Record& record) {
                        if (outcome)
                            outcome = fork_page(parent, child, region, page, record);
                    });
    return outcome;
}

Result<void> Memory::fork_page(SpaceId parent, SpaceId child, const Region& region, Page page,
                               Record record) {
    spaces_[child.raw()].pages.at(nodes_, page) = record;
    if (record.is_swapped()) {
        slots_.share(record.slot());
        return {};
    }
    FrameRecord& frame = core_[record.frame()];
    const bool was_writable = translation_rights(region, frame).can_write();
    frame.users += 1;
    const Rights rights = translation_rights(region, frame);
    if (was_writable && !rights.can_write())
        note_usage(record.frame(), translations.protect(parent, page, rights));
    return rights.can_read() ? translations.map(child, page, record.frame(), rights)
                             : Result<void>();
}

} // namespace vm
