// Places services/vm in an extension for all programs: frames, translations, swap and files.
// SPDX-License-Identifier: MIT
//
// Frames come from PhysAddr, each behind its capability; translations are Translation's, by the
// context of each address space; the swap area is on the disk that `files` leaves alone there.
// Entered from within the service, with the lock `memory` held; swap and files may wait.
#pragma once

#include "kernels/spin/interface/files.hpp"
#include "kernels/spin/interface/memory.hpp"

#include "services/vm/stock.hpp"

namespace vm {

// Frames that the extension holds, each called by its place in a table of capabilities.
class HeldFrames {
public:
    // Before all else: the frames come from QUOTA, as many as CAPABILITIES has places for.
    void take_from(spin::FrameQuota quota, std::span<spin::FrameCapability> capabilities) {
        quota_ = quota;
        capabilities_ = capabilities;
    }

    // Instead: the frames are those of CAPABILITIES, and there already.
    void borrow(std::span<spin::FrameCapability> capabilities) {
        quota_ = {};
        capabilities_ = capabilities;
    }

    // As vm::FrameHolder. As far as the table goes; the kernel may have fewer.
    std::uint64_t most() const { return capabilities_.size(); }
    Result<void> hold(FrameIndex frame) {
        if (quota_ == spin::FrameQuota())
            return {};
        capabilities_[frame.raw()] = TRY(phys_addr_allocate(quota_));
        return {};
    }

    const spin::FrameCapability& capability(FrameIndex frame) const {
        return capabilities_[frame.raw()];
    }
    PageBytes bytes(FrameIndex frame) const { return capability(frame).bytes(); }

private:
    spin::FrameQuota quota_;
    std::span<spin::FrameCapability> capabilities_;
};

// The contexts of spaces. Tables are the kernel's own frames.
class Translations {
public:
    // Before all else: QUOTA pays for contexts, and frames are those of CAPABILITIES.
    void take_from(spin::FrameQuota quota, std::span<const spin::FrameCapability> capabilities) {
        quota_ = quota;
        capabilities_ = capabilities;
    }

    // SPACE's context is CONTEXT, which another Memory's placement makes and gives back.
    void borrow(SpaceId space, spin::TranslationContext context) {
        contexts_[space.raw()] = context;
    }

    spin::TranslationContext context(SpaceId space) const { return contexts_[space.raw()]; }
    // CONTEXT is some space's.
    SpaceId space(spin::TranslationContext context) const { return spaces_[context.number()]; }

    Result<void> map(SpaceId space, Page page, FrameIndex frame, Rights rights);
    Usage unmap(SpaceId space, Page page);
    Usage protect(SpaceId space, Page page, Rights rights);
    Usage usage(SpaceId space, Page page) const;
    void clear_accessed(SpaceId space, Page page);
    void settle() {} // each change is in force when it returns

    // vm::SpaceTables.
    Result<void> make_tables(SpaceId space);
    void give_tables(SpaceId space);
    std::uint64_t tables(SpaceId) const { return 0; } // none of the pages' frames
    template <class R>
    Result<void> install(const R& resolution) {
        return translation_add_mapping(contexts_[resolution.space.raw()], resolution.page,
                                       capabilities_[resolution.frame.raw()], resolution.rights,
                                       resolution.access);
    }

private:
    spin::FrameQuota quota_;
    std::span<const spin::FrameCapability> capabilities_;
    std::array<spin::TranslationContext, pager::SPACES> contexts_{}; // by space
    std::array<SpaceId, spin::SPACES> spaces_{};                     // by context's number
};

// Blocks of the disk that the file system leaves alone, a page each.
class Swap {
public:
    void adopt(files::SwapArea area) { area_ = area; }
    files::SwapArea area() const { return area_; }
    std::uint64_t slots() const { return area_.count; }
    Result<void> read(SwapSlot slot, PageBytes page);
    Result<void> write(SwapSlot slot, PageBytes page);

private:
    files::SwapArea area_{};
};

// Files of the extension `files`, by the number of their inode in memory.
class Files {
public:
    Result<bool> has_page(FileId file, std::uint64_t index);
    Result<void> read_page(FileId file, std::uint64_t index, std::uint64_t count, PageBytes page);
    Result<void> write_page(FileId file, std::uint64_t index, std::uint64_t count, PageBytes page);
    Result<void> claim_page(FileId file, std::uint64_t index);
    void hold(FileId file, io::FileUse use);
    void release(FileId file, io::FileUse use);
};

using Frames = Stock<HeldFrames>;

} // namespace vm
