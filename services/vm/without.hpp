// No swap device, no files, no way to the page tables: for a placement that has none of these.
// SPDX-License-Identifier: MIT
//
// A placement without translations can be told of no change to a page that is mapped. It serves
// programs whose memory only grows: nobody asks it to unmap or protect anything that was touched,
// fork is not_supported, and nothing is evicted. For that a page is always called dirty here, which
// may be more than is true, but never less: a page that is dirty cannot go without a swap device.
// One that were called clean would be given up, be mapped still, and share its frame with another.
#pragma once

#include "lib/fault.hpp"
#include "lib/memory.hpp"
#include "lib/result.hpp"
#include "services/io/file_use.hpp"
#include "services/vm/names.hpp"

namespace vm {

struct NoSwap {
    std::uint64_t slots() const { return 0; }
    Result<void> read(SwapSlot, PageBytes) { return std::unexpected(Error::input_output); }
    Result<void> write(SwapSlot, PageBytes) { return std::unexpected(Error::input_output); }
};

struct NoFiles {
    Result<bool> has_page(FileId, std::uint64_t) { return std::unexpected(Error::input_output); }
    Result<void> read_page(FileId, std::uint64_t, std::uint64_t, PageBytes) {
        return std::unexpected(Error::input_output);
    }
    Result<void> write_page(FileId, std::uint64_t, std::uint64_t, PageBytes) {
        return std::unexpected(Error::input_output);
    }
    Result<void> claim_page(FileId, std::uint64_t) { return std::unexpected(Error::input_output); }
    void hold(FileId, io::FileUse) {}
    void release(FileId, io::FileUse) {}
};

struct NoTranslations {
    Result<void> map(SpaceId, Page, FrameIndex, Rights) {
        return std::unexpected(Error::not_supported);
    }
    Usage unmap(SpaceId, Page) { return {.accessed = true, .dirty = true}; }
    Usage protect(SpaceId, Page, Rights) { return {.accessed = true, .dirty = true}; }
    Usage usage(SpaceId, Page) { return {.accessed = true, .dirty = true}; }
    void clear_accessed(SpaceId, Page) {}
    void settle() {}
};

} // namespace vm
