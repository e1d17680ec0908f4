// The pager over messages, as UNIX sees it: vm::Service.
// SPDX-License-Identifier: MIT
//
// Who makes a space here gets a capability for it, to let a thread run in it, in a slot of its own.
#pragma once

#include "kernels/micro/library/objects.hpp"
#include "kernels/micro/servers/files/client.hpp"

#include "services/vm/configuration.hpp"
#include "services/vm/service.hpp"

namespace pager {

namespace label {
// Sent with the badge of who makes spaces (CREATOR). A space is word 0, unless said.
inline constexpr std::uint64_t CREATE =
    1;                                   // words: regions, heap's start, limit; window: vm::Region
                                         // after vm::Region, to read. answer: the space
inline constexpr std::uint64_t FORK = 2; // answer: the space
inline constexpr std::uint64_t DESTROY = 3;
inline constexpr std::uint64_t MAP = 4;        // window: a vm::Region, to read
inline constexpr std::uint64_t MAP_WITHIN = 5; // window: a RegionWithin, to read. answer: address
inline constexpr std::uint64_t ADVISE = 6;     // words: space, first page, end, advice
inline constexpr std::uint64_t MEND = 7;       // words: space, address, pc, access
inline constexpr std::uint64_t PUT = 8;        // words: space, address; window: the text, to read
inline constexpr std::uint64_t WRITE_BACK = 9;
inline constexpr std::uint64_t SET_POOL = 10;   // words: frames. answer: how many it was
inline constexpr std::uint64_t STATISTICS = 11; // window: a vm::Statistics, to write
inline constexpr std::uint64_t RESIDENT = 12;   // answer: pages
inline constexpr std::uint64_t SET_UP = 13; // window: a vm::Configuration, to read; before the rest
// Also sent by a program, with its space's badge, by OWN_PAGER; then word 0 does not count.
inline constexpr std::uint64_t UNMAP = 14;      // words: space, address, bytes
inline constexpr std::uint64_t PROTECT = 15;    // words: space, first, end, rights
inline constexpr std::uint64_t MOVE_BREAK = 16; // words: space, bytes. answer: the old end
// Of the second pager, by the first one. Its one space is HELD, whatever the first one calls it.
inline constexpr std::uint64_t HOLD = 17;      // window: a Held, to read
inline constexpr std::uint64_t LET_GO = 18;    // no word
inline constexpr std::uint64_t PIECE = 19;     // words: first page, end. answer: the same, rights
inline constexpr std::uint64_t UNTOUCHED = 20; // words: space, page. answer: 1 or 0
inline constexpr std::uint64_t READ = 21;      // words: space, page; window: the page, to write
} // namespace label

// Badges: a space's is its number.
inline constexpr std::uint64_t CREATOR = 0x100;

struct RegionWithin {
    vm::Region region;
    vm::PageRange range;
};

// What the second pager is to hold, of a space for which it was given a capability.
struct Held {
    vm::Region region;
    vm::Configuration configuration;
    files::SwapArea swap;
};
inline constexpr vm::SpaceId HELD{0};
inline constexpr std::uint64_t MOST_HELD_PAGES = 4096;
inline constexpr std::uint64_t MOST_HELD_FRAMES = 1024;

// Address spaces that may exist: one a process, and the one that an exec is building.
inline constexpr std::size_t SPACES = 65;

class Client {
public:
    // Capabilities for spaces go into slots from FIRST_SPACE on.
    constexpr Client(micro::CapSlot pager, std::uint64_t first_space)
        : pager_(pager), first_space_(first_space) {}

    // Where the capability for SPACE is, which this client has made.
    std::uint64_t slot_of(vm::SpaceId space) const { return first_space_ + places_[space.raw()]; }

    Result<void> set_up(const vm::Configuration& configuration);

    // vm::Service.
    Result<vm::SpaceId> create(std::span<const vm::Region> regions, vm::HeapPlace heap);
    Result<vm::SpaceId> fork(vm::SpaceId space);
    void destroy(vm::SpaceId space);
    Result<void> map(vm::SpaceId space, const vm::Region& region);
    Result<Page> map_within(vm::SpaceId space, const vm::Region& region, vm::PageRange range);
    Result<void> unmap(vm::SpaceId space, vm::PageRange range);
    Result<void> protect(vm::SpaceId space, vm::PageRange range, Rights rights);
    Result<VirtAddr> move_break(vm::SpaceId space, std::int64_t bytes);
    Result<void> advise(vm::SpaceId space, vm::PageRange range, abi::Advice advice);
    Result<void> mend(vm::SpaceId space, const Fault& fault);
    Result<void> put(vm::SpaceId space, VirtAddr address, Bytes text);
    Result<void> write_back();
    Result<std::uint64_t> set_pool(std::uint64_t frames);
    vm::Statistics statistics() const;
    std::uint64_t resident_pages(vm::SpaceId space) const;

    // As labels say; of the second pager.
    Result<void> hold(const Held& held);
    void let_go();
    vm::Region piece(vm::PageRange range) const;
    bool is_untouched(Page page) const;
    Result<void> read(Page page, std::span<std::byte, PAGE_SIZE> into);

private:
    // A request that brings a capability for a new space.
    Result<vm::SpaceId> make(const micro::Message& request, std::uint64_t flags);

    micro::CapSlot pager_;
    std::uint64_t first_space_;
    std::array<std::uint8_t, SPACES> places_{}; // by space: which of the slots
    std::array<bool, SPACES> is_used_{};        // by slot
};

static_assert(vm::Service<Client>);

} // namespace pager
