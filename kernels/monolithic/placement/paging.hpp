// What services/vm finds around it in this kernel: page tables, the swap area, mapped files.
// SPDX-License-Identifier: MIT
//
// Entered from within the service, with the lock `memory` held; swap and files may wait.
#pragma once

#include "kernels/monolithic/fault.hpp"
#include "kernels/monolithic/space.hpp"

#include "lib/memory.hpp"
#include "services/block/device.hpp"
#include "services/io/file_use.hpp"
#include "services/vm/resolution.hpp"

// Address spaces that may exist: one a process, and the one that an exec is building.
inline constexpr std::size_t SPACE_COUNT = 65;

// The page tables, by the number of their address space.
class Translations {
public:
    Space& operator[](vm::SpaceId id) { return spaces_[id.raw()]; }
    const Space& operator[](vm::SpaceId id) const { return spaces_[id.raw()]; }

    Result<void> map(vm::SpaceId id, Page page, vm::FrameIndex frame, Rights rights);
    vm::Usage unmap(vm::SpaceId id, Page page);
    vm::Usage protect(vm::SpaceId id, Page page, Rights rights);
    vm::Usage usage(vm::SpaceId id, Page page) const;
    void clear_accessed(vm::SpaceId id, Page page);
    void settle() {} // each change is in force when it returns

    // vm::SpaceTables.
    Result<void> make_tables(vm::SpaceId id);
    void give_tables(vm::SpaceId id);
    std::uint64_t tables(vm::SpaceId id) const { return spaces_[id.raw()].tables(); }
    Result<void> install(const vm::Resolution& resolution) { return fault_install(resolution); }

private:
    std::array<Space, SPACE_COUNT> spaces_;
};

// Blocks of the disk that the file system leaves alone, a page each.
class SwapArea {
public:
    // COUNT blocks from FIRST on.
    void adopt(block::BlockNumber first, std::uint64_t count) {
        first_ = first;
        count_ = count;
    }
    std::uint64_t slots() const { return count_; }
    Result<void> read(vm::SwapSlot slot, PageBytes page);
    Result<void> write(vm::SwapSlot slot, PageBytes page);

private:
    block::BlockNumber first_;
    std::uint64_t count_ = 0;
};

// Files by the number that their inode has in memory.
class MappedFiles {
public:
    Result<void> read_page(vm::FileId file, std::uint64_t index, std::uint64_t count,
                           PageBytes page);
    Result<void> write_page(vm::FileId file, std::uint64_t index, std::uint64_t count,
                            PageBytes page);
    Result<void> claim_page(vm::FileId file, std::uint64_t index);
    Result<bool> has_page(vm::FileId file, std::uint64_t index);
    void hold(vm::FileId file, io::FileUse use);
    void release(vm::FileId file, io::FileUse use);
};
