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
    Result<void> copied{};
    for (const Region& region : from.regions.all()) {
        copied = fork_region(parent, child, region);
        if (!copied) {
            // Its pages are not written to yet, so that nothing can fail to be written back.
            static_cast<void>(remove(child, {Page(0), Page(SPACE_PAGES)}, Removal::each));
            break;
        }
    }
    translations.settle();
    return copied;
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
    // lab 2 task 5: hole fork-page
    const bool was_writable = translation_rights(region, record.frame()).can_write();
    core_[record.frame()].users += 1;
    const Rights rights = translation_rights(region, record.frame());
    if (was_writable && !rights.can_write())
        note_usage(record.frame(), translations.protect(parent, page, rights));
    // lab 2 end
    return rights.can_read() ? translations.map(child, page, record.frame(), rights)
                             : Result<void>();
}

Result<void> Memory::check_fork_out(SpaceId id) const {
    for (std::uint64_t i = 0; i < spaces_.size(); ++i)
        if (spaces_[i].state == Space::State::used && SpaceId(i) != id)
            return std::unexpected(Error::invalid);
    // Two Memories find a shared file's page each by itself, in frames of their own.
    for (const Region& region : spaces_[id.raw()].regions.all())
        if (region.use() == io::FileUse::writing)
            return std::unexpected(Error::not_supported);
    return {};
}

// The translation of PAGE does not let ID write. What it has stored is noted, for the copy, too.
Rights Memory::narrow_for_fork(SpaceId id, const Region& region, Page page, FrameIndex frame) {
    const Rights before = translation_rights(region, frame);
    const Rights after = before & Rights::read_execute();
    if (before != after)
        note_usage(frame, translations.protect(id, page, after));
    return after;
}

void Memory::hold_files_again(SpaceId id) {
    for (const Region& region : spaces_[id.raw()].regions.all())
        if (region.backing != Backing::anonymous)
            files.hold(region.file, region.use());
}

} // namespace vm
