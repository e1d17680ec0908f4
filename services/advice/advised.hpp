// What programs say of their use of a region, heeded: such a region gets an instance of its own.
// SPDX-License-Identifier: MIT
//
// Policy is per vm::Memory, and some structures have as many of them as they like: a first one for
// everybody, and a few more, each of which holds one region, with frames and swap slots that no
// other region shares. In the first Memory the region stays, untouched: there it reserves its
// addresses and its commitment, and says its rights. How a fault finds the instance is the
// placement's. Changes of memory come here after the first Memory has made them.
#pragma once

#include "services/vm/behind_lock.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace vm {

// One region with a Memory of its own. All of it with the pager's lock held.
template <class I>
concept Instance = requires(I& instance, const I& constant, Memory& first, SpaceId space,
                            const Region& region, Policy policy, std::uint64_t frames, Page page,
                            PageRange range, Rights rights, const Fault& fault) {
    // Holds REGION of SPACE from now on, of which FIRST has touched nothing, with POLICY and as
    // many FRAMES as FIRST's pool loses. An error, and nothing was done: it cannot.
    { instance.take_over(first, space, region, policy, frames) } -> std::same_as<Result<void>>;
    // Its pages are gone, faults are FIRST's again, and FIRST's pool is as it was.
    instance.hand_back(first);
    { constant.is_used() } -> std::same_as<bool>;
    { constant.is_of(space) } -> std::same_as<bool>;
    // The first piece, alike in its rights, that it holds of RANGE in SPACE; empty: nothing.
    { constant.piece(space, range) } -> std::same_as<Region>;
    // As Memory's, of what it holds.
    { instance.mend(fault) } -> std::same_as<Result<void>>;
    // Whether nothing is left.
    { instance.unmap(range) } -> std::same_as<bool>;
    { instance.protect(range, rights) } -> std::same_as<Result<void>>;
    { constant.resident_pages() } -> std::same_as<std::uint64_t>;
    { constant.is_untouched(page) } -> std::same_as<bool>;
    // The bytes of PAGE, until the next call.
    { instance.read(page) } -> std::same_as<Result<Bytes>>;
    // Its frames; 0 if it is not used.
    { constant.pool() } -> std::same_as<std::uint64_t>;
    // As Memory's; without a region it has no frames, and all its slots are free.
    { constant.statistics() } -> std::same_as<Statistics>;

    { I::MOST_PAGES } -> std::convertible_to<std::uint64_t>; // of its region
    { I::MOST_FRAMES } -> std::convertible_to<std::uint64_t>;
};

inline constexpr PageRange EVERYTHING{Page(0), Page(SPACE_PAGES)};

// What advice means.
struct Wish {
    Policy policy = Policy::clock;
    std::uint64_t frames = 0;

    // The first Memory keeps an eighth of its pool, and what it needs at least. A walk in circles
    // costs a fault for nearly each page that has no frame, and other pages of its program are few.
    static constexpr std::uint64_t most_to_spare(std::uint64_t pool) {
        const std::uint64_t kept = std::max(LEAST_POOL, pool / 8);
        return pool > kept ? pool - kept : 0;
    }
    // ADVICE for PAGES pages in a pool of POOL frames. invalid: nothing that helps.
    static constexpr Result<Wish> of(abi::Advice advice, std::uint64_t pages, std::uint64_t pool,
                                     std::uint64_t most_frames) {
        const std::uint64_t spare = most_to_spare(pool);
        Wish wish{};
        if (advice == abi::Advice::cyclic) // the page used last is the one wanted last
            wish = {.policy = Policy::mru, .frames = std::min(pages, spare)};
        else if (advice ==
                 abi::Advice::once) // no page is wanted again: it shall cost others little
            wish = {.policy = Policy::fifo, .frames = LEAST_POOL};
        else if (advice == abi::Advice::keep) // frames for all of it, which nobody else takes
            wish = {.policy = Policy::clock, .frames = pages};
        if (wish.frames < LEAST_POOL || wish.frames > std::min(spare, most_frames))
            return std::unexpected(Error::invalid);
        return wish;
    }
};

template <io::Lock L, Instance I, std::size_t N>
class Advised {
public:
    // SERVICE is for the first Memory, with LOCK around it.
    constexpr Advised(Memory& memory, BehindLock<L>& service, L& lock, std::array<I, N>& instances)
        : memory_(memory), service_(service), lock_(lock), instances_(instances) {}

    // vm::Service, of the regions that an instance holds too. What is not here, a region's instance
    // has no part in, and `service` does all of it.
    Result<void> advise(SpaceId space, PageRange range, abi::Advice advice) {
        TRY(service_.advise(space, range, advice)); // there are regions
        const io::Turn turn(lock_);
        // Where it cannot be heeded, it is ignored.
        static_cast<void>(heed(space, range, advice));
        return {};
    }
    Result<void> mend(SpaceId space, const Fault& fault) {
        const std::optional<std::size_t> held = holder(space, Page::containing(fault.address));
        if (!held)
            return service_.mend(space, fault);
        const io::Turn turn(lock_);
        return instances_[*held].mend(fault);
    }
    Result<void> unmap(SpaceId space, PageRange range) {
        const Result<void> unmapped = service_.unmap(space, range);
        // Where only a disk failed, the pages are gone all the same.
        if (unmapped || unmapped.error() == Error::input_output)
            was_unmapped(space, range);
        return unmapped;
    }
    Result<void> protect(SpaceId space, PageRange range, Rights rights) {
        TRY(service_.protect(space, range, rights));
        const io::Turn turn(lock_);
        for (auto& instance : instances_) {
            Region piece = instance.piece(space, range);
            while (piece.pages() != 0) {
                TRY(instance.protect({piece.first, piece.end}, rights));
                piece = instance.piece(space, {piece.end, range.end});
            }
        }
        return {};
    }
    void destroy(SpaceId space) {
        was_unmapped(space, EVERYTHING);
        service_.destroy(space);
    }
    Result<SpaceId> fork(SpaceId parent) {
        const SpaceId child = TRY(service_.fork(parent));
        for (auto& instance : instances_) {
            const Result<void> copied = copy(instance, parent, child);
            if (copied)
                continue;
            service_.destroy(child);
            return std::unexpected(copied.error());
        }
        return child;
    }
    // MOST: so many frames there are.
    Result<std::uint64_t> set_pool(std::uint64_t frames, std::uint64_t most) {
        std::uint64_t lent = 0;
        for (const auto& instance : instances_)
            lent += instance.pool();
        if (frames < lent)
            return std::unexpected(Error::no_memory);
        if (frames > most)
            return std::unexpected(Error::invalid);
        return TRY(service_.set_pool(frames - lent)) + lent;
    }
    Statistics statistics() {
        Statistics sum = service_.statistics();
        for (const auto& instance : instances_)
            add(sum, instance.statistics());
        return sum;
    }
    std::uint64_t resident_pages(SpaceId space) {
        std::uint64_t sum = service_.resident_pages(space);
        for (const auto& instance : instances_)
            sum += instance.is_of(space) ? instance.resident_pages() : 0;
        return sum;
    }

    // Which instance holds PAGE of SPACE, if one does.
    std::optional<std::size_t> holder(SpaceId space, Page page) const {
        for (std::size_t i = 0; i < instances_.size(); ++i)
            if (instances_[i].piece(space, {page, page + 1}).pages() != 0)
                return i;
        return std::nullopt;
    }

private:
    Result<void> heed(SpaceId space, PageRange range, abi::Advice advice) {
        if (range.pages() > I::MOST_PAGES)
            return std::unexpected(Error::invalid);
        const Wish wish = TRY(Wish::of(advice, range.pages(), memory_.pool(), I::MOST_FRAMES));
        const Region region = TRY(region_to_move(space, range));
        for (I& instance : instances_)
            if (!instance.is_used())
                return instance.take_over(memory_, space, region, wish.policy, wish.frames);
        return std::unexpected(Error::too_many);
    }

    // Ranges of one region that is anonymous, readable and writable, and not the heap's, which
    // grows and shrinks. invalid: RANGE is none, or some of it was touched, or has an instance.
    Result<Region> region_to_move(SpaceId space, PageRange range) {
        const Heap heap{memory_.space(space).heap};
        if (range.first.start() < heap.end && heap.start < range.end.start())
            return std::unexpected(Error::invalid);
        for (const auto& instance : instances_)
            if (instance.piece(space, range).pages() != 0)
                return std::unexpected(Error::invalid);
        for (Page page = range.first; page < range.end; page = page + 1)
            if (!memory_.is_untouched(space, page))
                return std::unexpected(Error::invalid);
        for (const Region& region : memory_.space(space).regions.all())
            if (range.first >= region.first && range.end <= region.end &&
                region.backing == Backing::anonymous && region.growth == Growth::none &&
                region.rights == Rights::read_write())
                return Region{.first = range.first,
                              .end = range.end,
                              .rights = region.rights,
                              .maximum = region.maximum};
        return std::unexpected(Error::invalid);
    }

    static void add(Statistics& sum, const Statistics& own) {
        for (std::size_t i = 0; i < SUPPLIES; ++i)
            sum.counters.faults[i] += own.counters.faults[i];
        sum.counters.swap_writes += own.counters.swap_writes;
        sum.counters.evictions += own.counters.evictions;
        sum.counters.evictions_in_fault += own.counters.evictions_in_fault;
        sum.slots += own.slots;
        sum.free_slots += own.free_slots;
        sum.pool += own.pool;
        sum.resident += own.resident;
        sum.free_frames += own.free_frames;
    }

    void was_unmapped(SpaceId space, PageRange range) {
        const io::Turn turn(lock_);
        for (auto& instance : instances_)
            if (instance.is_of(space) && instance.unmap(range))
                instance.hand_back(memory_);
    }

    Result<void> copy(I& from, SpaceId parent, SpaceId child) {
        Region piece = from.piece(parent, EVERYTHING);
        while (piece.pages() != 0) {
            TRY(copy_piece(from, child, {piece.first, piece.end}, piece.rights));
            piece = from.piece(parent, {piece.end, EVERYTHING.end});
        }
        return {};
    }
    // PART, which has RIGHTS, must be read here and written there.
    Result<void> copy_piece(I& from, SpaceId child, PageRange part, Rights rights) {
        if (rights == Rights::read_write())
            return copy_pages(from, child, part);
        TRY(service_.protect(child, part, Rights::read_write()));
        {
            const io::Turn turn(lock_);
            TRY(from.protect(part, Rights::read_write()));
        }
        const Result<void> copied = copy_pages(from, child, part);
        const io::Turn turn(lock_);
        TRY(from.protect(part, rights));
        TRY(copied);
        return memory_.protect(child, part, rights);
    }
    // The child advised nothing: there the pages are the first Memory's. Only the parent enters its
    // instance, and it is here.
    Result<void> copy_pages(I& from, SpaceId child, PageRange part) {
        for (Page page = part.first; page < part.end; page = page + 1) {
            if (from.is_untouched(page))
                continue;
            const Bytes bytes = TRY([&]() -> Result<Bytes> {
                const io::Turn turn(lock_);
                return from.read(page);
            }());
            TRY(service_.put(child, page.start(), bytes));
        }
        return {};
    }

    Memory& memory_;
    BehindLock<L>& service_;
    L& lock_;
    std::array<I, N>& instances_;
};

} // namespace vm
