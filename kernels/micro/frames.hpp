// What the kernel knows of frames: how often each is mapped, and which ones are tables.
// SPDX-License-Identifier: MIT
//
// The kernel hands no frame out by itself. Root gets all, as pages to map; a server gives frames
// that nobody else has mapped back to the kernel, for tables of the spaces that it manages. So no
// program can have a table among its pages, and no table is paid for by anybody but its manager.
#pragma once

#include "arch/riscv/direct_map.hpp"
#include "lib/result.hpp"

struct Thread;

// Mappings, pins by devices counted; or that it is the kernel's.
struct FrameRecord {
    static constexpr std::uint32_t KERNELS = 1U << 31;
    std::uint32_t mappings = 0;
    // Of a table: the giver's page that it was, and the rights there; 0: none.
    std::uint32_t home = 0;
};

class KernelFrames {
public:
    // Takes charge of MEMORY, all RAM, of which FREE is not in use; once, at boot. no_memory: there
    // is no room for the records.
    Result<void> adopt(FrameRange memory, FrameRange free);

    // At boot only: a zeroed frame that is the kernel's. no_memory.
    Result<Frame> take_zeroed();
    // What has not been taken is root's to map.
    FrameRange hand_over() { return std::exchange(unused_, {}); }
    bool is_handed_over(Frame frame) const {
        const std::uint64_t index = frame.number() - first_;
        return index < count_ && (records_[index].mappings & FrameRecord::KERNELS) == 0;
    }

    // One mapping of FRAME more, or less; of one that is no RAM nothing is known.
    void count(Frame frame, std::uint32_t more) {
        const std::uint64_t index = frame.number() - first_;
        if (index < count_) [[likely]]
            records_[index].mappings += more;
    }
    static constexpr std::uint32_t ONE_LESS = ~0U;

    // FRAME, which only the page HOME of GIVER's maps, with RIGHTS, becomes a free table of
    // GIVER's. busy.
    Result<void> give_table(Thread& giver, Frame frame, Page home, Rights rights);
    // FRAME, the kernel's, too; it never goes back.
    void lend_table(Thread& taker, Frame frame);
    // A free table of OWNER's, zeroed. no_memory: a table is wanted.
    Result<Frame> take_table(Thread& owner);
    void put_table(Thread& owner, Frame table);
    // FROM ends; its free tables are TO's.
    void inherit_tables(Thread& from, Thread& to);
    // A free table of OWNER's goes back to be the page that it was. no_memory: there is none.
    struct Returned {
        Frame frame;
        Page home;
        Rights rights;
    };
    Result<Returned> return_table(Thread& owner);

private:
    FrameRecord& record(Frame frame) { return records_[frame.number() - first_]; }

    std::uint64_t first_ = 0;
    std::uint64_t count_ = 0;
    FrameRecord* records_ = nullptr;
    FrameRange unused_;
};
