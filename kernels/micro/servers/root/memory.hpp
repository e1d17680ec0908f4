// All memory of the machine, handed out: pages of servers and programs, and what the pager gets.
// SPDX-License-Identifier: MIT
//
// Frames are physical page numbers here; what one holds is seen through a page of root's own.
#pragma once

#include "kernels/micro/library/objects.hpp"

#include "abi/address_map.h"
#include "lib/memory.hpp"

namespace root {

class Memory {
public:
    void adopt(const abi::micro::BootPage& boot) {
        next_ = boot.first_frame;
        end_ = boot.first_frame + boot.frame_count;
    }

    // A zeroed frame, which root sees at the page that this returns. no_memory.
    struct Seen {
        std::uint64_t frame;
        PageBytes bytes;
    };
    Result<Seen> take() {
        if (next_ == end_)
            return std::unexpected(Error::no_memory);
        const std::uint64_t frame = next_++;
        const Page page = TRY(show(frame));
        const PageBytes bytes(reinterpret_cast<std::byte*>(page.start().raw()), PAGE_SIZE);
        zero_page(bytes);
        return Seen{frame, bytes};
    }

    // In frames.
    std::uint64_t left() const { return end_ - next_; }

    // The page of root's own where it sees PHYSICAL_PAGE from now on.
    Result<Page> show(std::uint64_t physical_page) {
        const Page page = next_page_;
        TRY(micro::map_memory(abi::micro::ROOT_SPACE, page, physical_page, 1,
                              Rights::read_write()));
        next_page_ = page + 1;
        return page;
    }

    // All that is left but KEEP, at PAGE and behind it in SPACE, MOST at most: with all rights,
    // since who gets it can pass on no more than it has. How many.
    Result<std::uint64_t> give_rest(micro::CapSlot space, Page page, std::uint64_t keep,
                                    std::uint64_t most) {
        const std::uint64_t count = std::min(left() - std::min(left(), keep), most);
        end_ -= count;
        TRY(micro::map_memory(space, page, end_, count, Rights::all()));
        return count;
    }

private:
    std::uint64_t next_ = 0;
    std::uint64_t end_ = 0;
    Page next_page_ = Page::containing(VirtAddr(PAGER_WINDOW)); // of root's own
};

} // namespace root
