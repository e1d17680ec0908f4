// What services/vm stands on in the pager.
// SPDX-License-Identifier: MIT
//
// Frames are pages of the pager's window; translations are the kernel's, by a capability for each
// space; pages without a file go to the block driver, those with one to the file server. Entered
// from within the service, between two requests of the pager's; swap and files wait for an answer.
#pragma once

#include "kernels/micro/library/objects.hpp"
#include "kernels/micro/library/window_frames.hpp"
#include "kernels/micro/servers/disk/client.hpp"
#include "kernels/micro/servers/files/client.hpp"
#include "kernels/micro/servers/pager/client.hpp"

#include "services/vm/stock.hpp"

namespace vm {

// Spaces that the pager manages. Tables are frames of its own, which it gives to the kernel.
class Translations {
public:
    Result<void> map(SpaceId space, Page page, FrameIndex frame, Rights rights);
    Usage unmap(SpaceId space, Page page);
    Usage protect(SpaceId space, Page page, Rights rights);
    Usage usage(SpaceId space, Page page);
    void clear_accessed(SpaceId space, Page page);
    void settle() {} // each change is in force when it returns

    // vm::SpaceTables.
    Result<void> make_tables(SpaceId space);
    void give_tables(SpaceId space);
    std::uint64_t tables(SpaceId space) const;
    template <class R>
    Result<void> install(const R& resolution) {
        return put_in_force(resolution.space, install_item(resolution));
    }

    // The capability for SPACE.
    static micro::CapSlot slot_of(SpaceId space);

private:
    template <class R>
    static micro::SpaceItem install_item(const R& resolution) {
        return item_of(micro::SpaceAction::install, resolution.page, resolution.rights,
                       resolution.frame)
            .after(resolution.access);
    }
    static micro::SpaceItem item_of(micro::SpaceAction action, Page page, Rights rights,
                                    FrameIndex frame);
    // Gives the kernel tables as long as they are wanted. no_memory.
    static Result<void> put_in_force(SpaceId space, micro::SpaceItem item);
    static Usage change(SpaceId space, const micro::SpaceItem& item);
};

// Blocks of the disk that the file system leaves alone, a page each.
class Swap {
public:
    void adopt(files::SwapArea area) { area_ = area; }
    std::uint64_t slots() const { return area_.count; }
    Result<void> read(SwapSlot slot, PageBytes page);
    Result<void> write(SwapSlot slot, PageBytes page);

private:
    files::SwapArea area_{};
};

// Files of the file server, by the number of their inode in memory.
class Files {
public:
    Result<bool> has_page(FileId file, std::uint64_t index);
    Result<void> read_page(FileId file, std::uint64_t index, std::uint64_t count, PageBytes page);
    Result<void> write_page(FileId file, std::uint64_t index, std::uint64_t count, PageBytes page);
    Result<void> claim_page(FileId file, std::uint64_t index);
    void hold(FileId file, io::FileUse use);
    void release(FileId file, io::FileUse use);
};

using Frames = Stock<WindowFrames>;

} // namespace vm
