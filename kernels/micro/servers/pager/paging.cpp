// Where services/vm reaches page tables, the disk and files: messages, and calls of the kernel.
// SPDX-License-Identifier: MIT
//
// Before: services/vm, in the middle of a fault or of a change of memory. Next: the kernel's
// spaces.cpp; the block driver; the file server.
#include "kernels/micro/servers/pager/pager.hpp"

#include "abi/address_map.h"

namespace vm {

namespace {

files::Inode inode_of(FileId file) { return files::Inode(file.raw()); }

} // namespace

micro::CapSlot Translations::slot_of(SpaceId space) {
    return micro::CapSlot(root::slot::FIRST_OWN + space.raw());
}

micro::SpaceItem Translations::item_of(micro::SpaceAction action, Page page, Rights rights,
                                       FrameIndex frame) {
    const Page own = the_pager().memory.frames.page_of(frame);
    return micro::SpaceItem::of(action, page, rights, own.start().raw());
}

// One table for each level below the root, at most.
Result<void> Translations::put_in_force(SpaceId space, micro::SpaceItem item) {
    alignas(sizeof(micro::SpaceItem)) std::array<micro::SpaceItem, 1> list{};
    for (;;) {
        list[0] = item;
        if (TRY(micro::change_space(slot_of(space), list)) == 1)
            return {};
        const Error why = abi::to_error(static_cast<std::int64_t>(list[0].operand));
        if (why != Error::no_memory)
            return std::unexpected(why);
        TRY(give_table());
    }
}

Usage Translations::change(SpaceId space, const micro::SpaceItem& item) {
    alignas(sizeof(micro::SpaceItem)) std::array<micro::SpaceItem, 1> list{item};
    MUST(micro::change_space(slot_of(space), list)); // the space is this pager's
    return {.accessed = (list[0].operand & abi::micro::ACCESSED) != 0,
            .dirty = (list[0].operand & abi::micro::DIRTY) != 0};
}

Result<void> Translations::map(SpaceId space, Page page, FrameIndex frame, Rights rights) {
    return put_in_force(space, item_of(micro::SpaceAction::map, page, rights, frame));
}

Usage Translations::unmap(SpaceId space, Page page) {
    return change(space, micro::SpaceItem::of(micro::SpaceAction::unmap, page));
}

Usage Translations::protect(SpaceId space, Page page, Rights rights) {
    return change(space, micro::SpaceItem::of(micro::SpaceAction::protect, page, rights));
}

Usage Translations::usage(SpaceId space, Page page) {
    return change(space, micro::SpaceItem::of(micro::SpaceAction::examine, page));
}

void Translations::clear_accessed(SpaceId space, Page page) {
    change(space, micro::SpaceItem::of(micro::SpaceAction::forget_access, page));
}

// All faults of the space come here, under its number.
Result<void> Translations::make_tables(SpaceId space) {
    TRY(give_table());
    TRY(micro::create_space(slot_of(space)));
    return micro::set_pager(slot_of(space), VirtAddr(0), VirtAddr(USER_END), space.raw());
}

void Translations::give_tables(SpaceId space) {
    micro::destroy_space(slot_of(space));
    take_tables();
}

std::uint64_t Translations::tables(SpaceId space) const {
    return micro::count_tables(slot_of(space));
}

Result<void> Swap::read(SwapSlot slot, PageBytes page) {
    return the_pager().disk.read(block::BlockNumber(area_.first + slot.raw()), page);
}

Result<void> Swap::write(SwapSlot slot, PageBytes page) {
    return the_pager().disk.write(block::BlockNumber(area_.first + slot.raw()), page);
}

Result<bool> Files::has_page(FileId file, std::uint64_t index) {
    return the_pager().files.has_page(inode_of(file), index);
}
Result<void> Files::read_page(FileId file, std::uint64_t index, std::uint64_t count,
                              PageBytes page) {
    return the_pager().files.read_page(inode_of(file), index, count, page);
}
Result<void> Files::write_page(FileId file, std::uint64_t index, std::uint64_t count,
                               PageBytes page) {
    return the_pager().files.write_page(inode_of(file), index, count, page);
}
Result<void> Files::claim_page(FileId file, std::uint64_t index) {
    return the_pager().files.claim_page(inode_of(file), index);
}
// What may change a file comes from a descriptor that is open for that, or from a region that does;
// it is refused only where the file server has gone.
void Files::hold(FileId file, io::FileUse use) {
    the_pager().files.hold(inode_of(file));
    static_cast<void>(the_pager().files.begin_use(inode_of(file), use));
}
void Files::release(FileId file, io::FileUse use) {
    the_pager().files.end_use(inode_of(file), use);
    the_pager().files.release(inode_of(file));
}

} // namespace vm

Result<void> give_table() {
    vm::Frames& frames = the_pager().memory.frames;
    const vm::FrameIndex frame = TRY(frames.take());
    const Result<void> given = micro::give_table(frames.page_of(frame));
    if (given)
        return given;
    frames.give(frame);
    return std::unexpected(Error::no_memory);
}

void take_tables() {
    vm::Frames& frames = the_pager().memory.frames;
    while (const Result<Page> page = micro::take_table())
        frames.give(frames.frame_at(*page));
}
