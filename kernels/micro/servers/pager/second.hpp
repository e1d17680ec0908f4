// The second pager, as the first one uses it: a policy, frames and swap slots for one region.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/servers/pager/client.hpp"
#include "kernels/micro/servers/root/client.hpp"

#include "services/advice/advised.hpp"

// vm::Instance: the region's Memory is that of another server, made from the same source, which has
// frames of its own; the first one's pool is smaller by as many, so that the sum stays. The space
// remains the first one's, and so do its page tables.
class SecondPager {
public:
    static constexpr std::uint64_t MOST_PAGES = pager::MOST_HELD_PAGES;
    static constexpr std::uint64_t MOST_FRAMES = pager::MOST_HELD_FRAMES;

    // Of AREA, which is the file system's for pages, it gets one part in so many: the last one.
    // What is left.
    files::SwapArea take_part(files::SwapArea area);

    Result<void> take_over(vm::Memory& first, vm::SpaceId space, const vm::Region& region,
                           vm::Policy policy, std::uint64_t frames);
    void hand_back(vm::Memory& first);

    bool is_used() const { return frames_ != 0; }
    bool is_of(vm::SpaceId space) const { return is_used() && space == space_; }
    vm::Region piece(vm::SpaceId space, vm::PageRange range) const {
        return is_of(space) ? second_.piece(range) : vm::Region{};
    }
    Result<void> mend(const Fault& fault) { return second_.mend(pager::HELD, fault); }
    bool unmap(vm::PageRange range);
    Result<void> protect(vm::PageRange range, Rights rights) {
        return second_.protect(pager::HELD, range, rights);
    }
    std::uint64_t resident_pages() const { return second_.resident_pages(pager::HELD); }
    bool is_untouched(Page page) const { return second_.is_untouched(page); }
    Result<Bytes> read(Page page);
    std::uint64_t pool() const { return frames_; }
    vm::Statistics statistics() const;

private:
    Result<void> hold(vm::Memory& first, const vm::Region& region, vm::Policy policy,
                      std::uint64_t frames);

    pager::Client second_{root::slot::SECOND_PAGER, 0};
    files::SwapArea swap_{};
    vm::SpaceId space_{}; // whose region it is, as the first one knows it
    vm::PageRange range_{};
    std::uint64_t frames_ = 0;
    bool was_used_ = false;
};
