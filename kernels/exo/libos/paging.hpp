// What virtual memory stands over in ExOS: translations by primitives, swap, files.
// SPDX-License-Identifier: MIT
//
// There is one page table, that of the environment, and one address space is in force; an exec
// builds a second one, of which the machine hears nothing yet.
#pragma once

#include "disk.hpp"
#include "frames.hpp"
#include "primitives.hpp"

#include "abi/exo/primitives.hpp"
#include "services/io/file_use.hpp"
#include "services/vm/resolution.hpp"

#include <array>

// Changes are collected, and put in force by one primitive a list.
class Translations {
public:
    // vm::TranslationCache.
    Result<void> map(vm::SpaceId, Page, vm::FrameIndex, Rights) {
        return std::unexpected(Error::not_supported); // fork is another road here (fork.cpp)
    }
    vm::Usage unmap(vm::SpaceId space, Page page);
    vm::Usage protect(vm::SpaceId space, Page page, Rights rights);
    vm::Usage usage(vm::SpaceId space, Page page) const;
    void clear_accessed(vm::SpaceId space, Page page);
    void settle() {
        if (count_ != 0)
            put_in_force();
    }

    // vm::SpaceTables. Tables come from elsewhere than pages do, and stay.
    Result<void> make_tables(vm::SpaceId) { return {}; }
    void give_tables(vm::SpaceId) {}
    std::uint64_t tables(vm::SpaceId) const { return 0; }
    Result<void> install(const vm::Resolution& resolution) {
        const std::uint64_t table = resolution.page.number() / TABLE_PAGES;
        const bool is_plain = count_ == 0 && table == last_table_ && is_in_force(resolution.space);
        if (!is_plain) [[unlikely]]
            TRY(prepare(resolution));
        if (!is_in_force(resolution.space)) [[unlikely]]
            return {}; // what an exec is building
        return primitive::install(slots::FRAMES + resolution.frame.raw(), resolution.page,
                                  resolution.rights, static_cast<std::uint64_t>(resolution.access));
    }

    // SPACE is in force from now on: nothing of the one before is mapped any more.
    void enter(vm::SpaceId space);
    // None is, and the environment ends: what is mapped the kernel takes.
    void leave();
    bool is_in_force(vm::SpaceId space) const { return in_force_ == space; }
    vm::SpaceId in_force() const { return in_force_; }

private:
    void add(const abi::exo::Change& change) {
        changes_[count_++] = change;
        if (count_ == changes_.size())
            put_in_force();
    }
    void put_in_force();
    Result<void> prepare(const vm::Resolution& resolution);
    void settle_before(std::uint64_t address);
    void remove_all();

    static constexpr std::uint64_t TABLE_PAGES = 512;
    static constexpr vm::SpaceId NONE{~0ULL};

    vm::SpaceId in_force_ = NONE;
    std::uint64_t last_table_ = 0; // of the page that was installed last: there is one
    std::size_t count_ = 0;
    std::array<abi::exo::Change, 16> changes_{};
};

// Files by the number that their inode has in memory; the file system is the shared one.
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
