// The pager's free frames: pages of its window.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/memory.hpp"
#include "lib/result.hpp"

// A server sees physical memory as anybody does: through pages. The loader has mapped the frames
// that it handed to the pager at PAGER_WINDOW; so a frame is called here by the page through which
// it is seen, and filled there.
class WindowFrames {
public:
    using Name = Page;

    // Takes charge of COUNT pages from FIRST on, once, at start.
    void adopt(Page first, std::uint64_t count) {
        next_ = first;
        end_ = first + count;
    }

    // no_memory: none is left.
    Result<Page> take() {
        if (next_ == end_) [[unlikely]]
            return std::unexpected(Error::no_memory);
        const Page page = next_;
        next_ = page + 1;
        return page;
    }

    PageBytes bytes(Page page) const {
        return PageBytes(reinterpret_cast<std::byte*>(page.start().raw()), PAGE_SIZE);
    }

private:
    Page next_;
    Page end_;
};
