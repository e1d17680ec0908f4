// Translations and backing of a process's pages.
// SPDX-License-Identifier: MIT
//
// Before: services/vm, in the middle of a fault or of a change of memory. Next: ../fault.cpp by
// primitives; services/fs, in the shared section.
#include "paging.hpp"

#include "critical.hpp"
#include "libos.hpp"
#include "primitives.hpp"
#include "tables.hpp"

namespace {

using abi::exo::Change;

vm::Usage usage_of(TableEntry entry) { return {entry.accessed(), entry.dirty()}; }

Files::Inode inode_of(vm::FileId file) { return Files::Inode(file.raw()); }

// Where programs and their mappings stand: not the library.
constexpr std::uint64_t PROGRAM_END = LIBRARY_BASE;

} // namespace

vm::Usage Translations::usage(vm::SpaceId space, Page page) const {
    const TableEntry entry = is_in_force(space) ? ::tables.look(page.start().raw()) : TableEntry();
    return entry.is_valid() ? usage_of(entry) : vm::Usage{};
}

vm::Usage Translations::unmap(vm::SpaceId space, Page page) {
    const TableEntry entry = is_in_force(space) ? ::tables.look(page.start().raw()) : TableEntry();
    if (!entry.is_valid())
        return {};
    add(Change::make(Change::Kind::remove, 0, page.start().raw()));
    return usage_of(entry);
}

vm::Usage Translations::protect(vm::SpaceId space, Page page, Rights rights) {
    const bool has_encoding = rights.can_read();
    if (!has_encoding)
        return unmap(space, page);
    const TableEntry entry = is_in_force(space) ? ::tables.look(page.start().raw()) : TableEntry();
    if (!entry.is_valid())
        return {};
    const std::optional<vm::FrameIndex> frame = libos.memory.frame_of(space, page);
    if (!frame)
        return unmap(space, page);
    add(Change::make(Change::Kind::protect, slots::FRAMES + frame->raw(), page.start().raw(),
                     rights.raw()));
    return usage_of(entry);
}

void Translations::clear_accessed(vm::SpaceId space, Page page) {
    if (usage(space, page).accessed)
        add(Change::make(Change::Kind::clear_accessed, 0, page.start().raw()));
}

// Each names what this process binds and has mapped: none is refused.
void Translations::put_in_force() {
    MUST(primitive::change(abi::exo::SELF, std::span(changes_).first(count_)));
    count_ = 0;
}

// What stands in the way of installing: changes that are not in force yet, a table that is missing.
Result<void> Translations::prepare(const vm::Resolution& resolution) {
    const std::uint64_t address = resolution.page.start().raw();
    if (count_ != 0)
        settle_before(address);
    if (!is_in_force(resolution.space))
        return {};
    TRY(have_table(address));
    last_table_ = resolution.page.number() / TABLE_PAGES;
    return {};
}

// What is installed at ADDRESS next replaces what stands there: that need not be removed before.
void Translations::settle_before(std::uint64_t address) {
    const Change replaced = Change::make(Change::Kind::remove, 0, address);
    if (changes_[count_ - 1].page == replaced.page)
        --count_;
    settle();
}

void Translations::remove_all() {
    settle();
    ::tables.for_each([&](std::uint64_t table) {
        if (table < PROGRAM_END)
            ::tables.for_each_valid(table, [&](std::uint64_t page) {
                add(Change::make(Change::Kind::remove, 0, page));
            });
    });
    settle();
}

void Translations::enter(vm::SpaceId space) {
    remove_all();
    in_force_ = space;
}

void Translations::leave() {
    settle();
    in_force_ = NONE;
}

Result<void> MappedFiles::read_page(vm::FileId file, std::uint64_t index, std::uint64_t count,
                                    PageBytes page) {
    const Critical section;
    return shared.files.read_page(inode_of(file), index, count, page);
}

Result<void> MappedFiles::write_page(vm::FileId file, std::uint64_t index, std::uint64_t count,
                                     PageBytes page) {
    const Critical section;
    return shared.files.write_page(inode_of(file), index, count, page);
}

Result<void> MappedFiles::claim_page(vm::FileId file, std::uint64_t index) {
    const Critical section;
    return shared.files.claim_page(inode_of(file), index);
}

Result<bool> MappedFiles::has_page(vm::FileId file, std::uint64_t index) {
    const Critical section;
    return shared.files.has_page(inode_of(file), index);
}

// What may change a file comes from a descriptor that is open for that, or from a region that does.
void MappedFiles::hold(vm::FileId file, io::FileUse use) {
    const Critical section;
    shared.files.hold(inode_of(file));
    MUST(shared.files.begin_use(inode_of(file), use));
}

void MappedFiles::release(vm::FileId file, io::FileUse use) {
    const Critical section;
    shared.files.end_use(inode_of(file), use);
    shared.files.release(inode_of(file));
}
