// Translations, swapping and mapped files as services/vm asks for them.
// SPDX-License-Identifier: MIT
//
// Before: services/vm, in the middle of a fault or of a change of memory. Next: ../../space.cpp,
// ../../placement/disk.cpp, the extension `files`.
#include "kernels/spin/extensions/pager/pager.hpp"

#include "kernels/spin/interface/disk.hpp"

namespace {

vm::Usage usage_of(const Result<spin::Mapping>& mapping) {
    if (!mapping)
        return {}; // where no translation stands, nothing was used
    return {.accessed = mapping->was_accessed, .dirty = mapping->was_written};
}

files::Inode inode_of(vm::FileId file) { return files::Inode(file.raw()); }

} // namespace

namespace vm {

// A page that is only read still has its backing's contents: so it is noted, as for a load.
Result<void> Translations::map(SpaceId space, Page page, FrameIndex frame, Rights rights) {
    return translation_add_mapping(context(space), page, capabilities_[frame.raw()], rights,
                                   Access::load);
}

Usage Translations::unmap(SpaceId space, Page page) {
    return usage_of(translation_remove_mapping(context(space), page));
}

// What cannot be written into an entry is none; the page's next fault says so.
Usage Translations::protect(SpaceId space, Page page, Rights rights) {
    if (!rights.can_read())
        return unmap(space, page);
    return usage_of(translation_protect_mapping(context(space), page, rights));
}

Usage Translations::usage(SpaceId space, Page page) const {
    return usage_of(translation_examine_mapping(context(space), page));
}

void Translations::clear_accessed(SpaceId space, Page page) {
    // Where no translation stands, nothing was accessed.
    static_cast<void>(translation_forget_access(context(space), page));
}

Result<void> Translations::make_tables(SpaceId space) {
    const spin::TranslationContext made = TRY(translation_create(quota_));
    contexts_[space.raw()] = made;
    spaces_[made.number()] = space;
    return translation_install_page_not_present(made, page_not_present);
}

void Translations::give_tables(SpaceId space) {
    const spin::TranslationContext given = context(space);
    contexts_[space.raw()] = {};
    if (given == spin::TranslationContext()) // it never had one
        return;
    // It is ours, and in force nowhere. Else its pages, which are free now, would be there still.
    MUST(translation_destroy(given));
}

Result<void> Swap::read(SwapSlot slot, PageBytes page) {
    return disk_read(area_.first + slot.raw(), page);
}
Result<void> Swap::write(SwapSlot slot, PageBytes page) {
    return disk_write(area_.first + slot.raw(), page);
}

Result<bool> Files::has_page(FileId file, std::uint64_t index) {
    return files::has_page(inode_of(file), index);
}
Result<void> Files::read_page(FileId file, std::uint64_t index, std::uint64_t count,
                              PageBytes page) {
    return files::read_page(inode_of(file), index, count, page);
}
Result<void> Files::write_page(FileId file, std::uint64_t index, std::uint64_t count,
                               PageBytes page) {
    return files::write_page(inode_of(file), index, count, page);
}
Result<void> Files::claim_page(FileId file, std::uint64_t index) {
    return files::claim_page(inode_of(file), index);
}

// What may change a file comes from a descriptor that is open for that, or from a region that does.
void Files::hold(FileId file, io::FileUse use) {
    files::hold(inode_of(file));
    MUST(files::begin_use(inode_of(file), use));
}
void Files::release(FileId file, io::FileUse use) {
    files::end_use(inode_of(file), use);
    files::release(inode_of(file));
}

} // namespace vm
