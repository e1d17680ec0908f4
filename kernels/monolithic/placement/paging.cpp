// Translations, swapping and mapped files as services/vm asks for them.
// SPDX-License-Identifier: MIT
//
// Before: services/vm, in the middle of a fault or of a change of memory. Next: space.cpp,
// disk.cpp, services/fs.
#include "paging.hpp"

#include "kernels/monolithic/kernel.hpp"

namespace {

vm::Usage usage_of(const sv39::Pte& entry) {
    return {entry.flags().accessed(), entry.flags().dirty()};
}

Files::Inode inode_of(vm::FileId file) { return Files::Inode(file.raw()); }

} // namespace

Result<void> Translations::map(vm::SpaceId id, Page page, vm::FrameIndex frame, Rights rights) {
    Frames& frames = kernel.memory.frames;
    return spaces_[id.raw()].install(frames, page, frames.frame_of(frame),
                                     sv39::PteFlags::unwritten(rights));
}

vm::Usage Translations::unmap(vm::SpaceId id, Page page) {
    const Result<sv39::Pte> old = spaces_[id.raw()].unmap(page);
    return old ? usage_of(*old) : vm::Usage{};
}

vm::Usage Translations::protect(vm::SpaceId id, Page page, Rights rights) {
    if (!sv39::has_encoding(rights))
        return unmap(id, page);
    Space& space = spaces_[id.raw()];
    const Result<sv39::Pte> entry = space.examine(page);
    if (!entry)
        return {};
    MUST(space.protect(page, rights)); // it stands there, and the rights can be written
    if (rights.can_execute())
        csr::fence_instructions(); // the program may have stored what it will fetch
    return usage_of(*entry);
}

vm::Usage Translations::usage(vm::SpaceId id, Page page) const {
    const Result<sv39::Pte> entry = spaces_[id.raw()].examine(page);
    return entry ? usage_of(*entry) : vm::Usage{};
}

void Translations::clear_accessed(vm::SpaceId id, Page page) {
    // Where no translation stands, nothing was accessed.
    static_cast<void>(spaces_[id.raw()].clear_accessed(page));
}

Result<void> Translations::make_tables(vm::SpaceId id) {
    return spaces_[id.raw()].begin(id, kernel.memory.frames);
}

void Translations::give_tables(vm::SpaceId id) { spaces_[id.raw()].end(kernel.memory.frames); }

Result<void> SwapArea::read(vm::SwapSlot slot, PageBytes page) {
    return kernel.disk.read(first_ + slot.raw(), page);
}

Result<void> SwapArea::write(vm::SwapSlot slot, PageBytes page) {
    return kernel.disk.write(first_ + slot.raw(), page);
}

Result<void> MappedFiles::read_page(vm::FileId file, std::uint64_t index, std::uint64_t count,
                                    PageBytes page) {
    return kernel.files.read_page(inode_of(file), index, count, page);
}

Result<void> MappedFiles::write_page(vm::FileId file, std::uint64_t index, std::uint64_t count,
                                     PageBytes page) {
    return kernel.files.write_page(inode_of(file), index, count, page);
}

Result<void> MappedFiles::claim_page(vm::FileId file, std::uint64_t index) {
    return kernel.files.claim_page(inode_of(file), index);
}

Result<bool> MappedFiles::has_page(vm::FileId file, std::uint64_t index) {
    return kernel.files.has_page(inode_of(file), index);
}

// What may change a file comes from a descriptor that is open for that, or from a region that does.
void MappedFiles::hold(vm::FileId file, io::FileUse use) {
    kernel.files.hold(inode_of(file));
    MUST(kernel.files.begin_use(inode_of(file), use));
}

void MappedFiles::release(vm::FileId file, io::FileUse use) {
    kernel.files.end_use(inode_of(file), use);
    kernel.files.release(inode_of(file));
}
