// One region with a Memory of its own: a policy, frames and swap slots that no other region shares.
// SPDX-License-Identifier: MIT
//
// The pager is a vm::Memory for all spaces, and a few more, each of which holds one region whose
// program asked for another policy (advice.cpp). In the first Memory the region stays, untouched:
// there it reserves its addresses and its commitment, and says its rights. Whatever is known of its
// pages is here. All of this with the pager's lock held.
#pragma once

#include "services/vm/memory.hpp"

class Instance {
public:
    static constexpr std::uint64_t MOST_PAGES = 4096; // of its region
    static constexpr std::uint64_t MOST_FRAMES = 1024;

    // Before all else: pages go to SWAP, and QUOTA pays for the tables, which are made when the
    // first region comes: who does not advise pays nothing.
    void start(spin::FrameQuota quota, files::SwapArea swap);

    // Holds REGION of SPACE from now on, of which FIRST has touched nothing, with POLICY and COUNT
    // of FIRST's frames. no_memory, input_output: FIRST cannot spare them. Nothing was done then.
    Result<void> take_over(vm::Memory& first, vm::SpaceId space, const vm::Region& region,
                           vm::Policy policy, std::uint64_t count);
    // Its pages are gone, and FIRST has its frames again.
    void hand_back(vm::Memory& first);

    bool is_used() const { return is_used_; }
    bool is_of(vm::SpaceId space) const { return is_used_ && space == space_; }
    // The first piece, alike in its rights, that it holds of RANGE in SPACE; empty: nothing.
    vm::Region piece(vm::SpaceId space, vm::PageRange range) const;

    // As vm::Memory's, of what it holds.
    Result<void> mend(const Fault& fault);
    // Whether nothing is left.
    bool unmap(vm::PageRange range);
    Result<void> protect(vm::PageRange range, Rights rights);
    std::uint64_t resident_pages() const { return memory_.resident_pages(REGION); }
    // Its frames; 0 if it is not used.
    std::uint64_t pool() const { return is_used() ? borrowed_count_ : 0; }
    // Adds what it counts to SUM.
    void add_to(vm::Statistics& sum) const;

    bool is_untouched(Page page) const { return memory_.is_untouched(REGION, page); }
    // The bytes of the page that was mended last.
    PageBytes mended_page() const { return memory_.frames.bytes(memory_.resolution().frame); }

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
