// One region with a Memory of its own: a policy, frames and swap slots that no other region shares.
// SPDX-License-Identifier: MIT
//
// vm::Instance (services/advice/advised.hpp). The pager is a vm::Memory for all spaces, and a few
// more of these. Its frames are the first one's, which gives them up.
#pragma once

#include "services/vm/memory.hpp"

class Instance {
public:
    static constexpr std::uint64_t MOST_PAGES = 4096; // of its region
    static constexpr std::uint64_t MOST_FRAMES = 1024;

    // Before all else: pages go to SWAP, and QUOTA pays for the tables, which are made when the
    // first region comes: who does not advise pays nothing.
    void start(spin::FrameQuota quota, files::SwapArea swap);

    // no_memory, input_output: FIRST cannot spare so many frames.
    Result<void> take_over(vm::Memory& first, vm::SpaceId space, const vm::Region& region,
                           vm::Policy policy, std::uint64_t count);
    void hand_back(vm::Memory& first);

    bool is_used() const { return is_used_; }
    bool is_of(vm::SpaceId space) const { return is_used_ && space == space_; }
    vm::Region piece(vm::SpaceId space, vm::PageRange range) const;

    Result<void> mend(const Fault& fault);
    bool unmap(vm::PageRange range);
    Result<void> protect(vm::PageRange range, Rights rights);
    std::uint64_t resident_pages() const { return memory_.resident_pages(REGION); }
    std::uint64_t pool() const { return is_used() ? borrowed_count_ : 0; }
    vm::Statistics statistics() const;

    bool is_untouched(Page page) const { return memory_.is_untouched(REGION, page); }
    Result<Bytes> read(Page page) {
        TRY(mend({.address = page.start(), .pc = page.start(), .access = Access::load}));
        return Bytes(memory_.frames.bytes(memory_.resolution().frame));
    }

private:
    static constexpr vm::SpaceId REGION{0}; // its only space

    Result<void> make_tables();
    Result<void> borrow(vm::Memory& first, std::uint64_t count);
    void give_back(vm::Memory& first, std::uint64_t count);
    Result<void> fill(vm::Memory& first, vm::SpaceId space, const vm::Region& region,
                      vm::Policy policy);

    vm::Memory memory_;
    spin::FrameQuota quota_;
    vm::Storage tables_{};
    std::span<spin::FrameCapability> capabilities_;
    std::span<std::uint32_t> given_;    // for its Stock
    std::span<std::uint32_t> borrowed_; // what FIRST calls its frames
    std::uint64_t borrowed_count_ = 0;
    vm::SpaceId space_{}; // whose region it is, as FIRST knows it
    bool is_used_ = false;
};
