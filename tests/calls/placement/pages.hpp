// A model of virtual memory: pages of programs in a table, there or not as the test wants it.
// SPDX-License-Identifier: MIT
//
// A vm::Service that keeps every byte and forgets only which pages are at hand. Whatever breaks the
// service's contract (a space that is not there, one that is ended while a program runs in it)
// fails the test.
#pragma once

#include "services/io/transfer.hpp"
#include "services/vm/service.hpp"

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <vector>

// Steps that can fail, counted over all of a test's world.
struct Steps {
    std::optional<unsigned> until_failure{}; // that step fails, once
    Error why = Error::no_memory;
    Result<void> take() {
        if (until_failure && (*until_failure)-- == 0) {
            until_failure.reset();
            return std::unexpected(why);
        }
        return {};
    }
};

class Pages {
public:
    static constexpr std::size_t SPACES = 8;

    explicit Pages(Steps& steps) : steps_(steps) {}

    // --- vm::Service ---

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
    Result<void> write_back() { return steps_.take(); }
    Result<std::uint64_t> set_pool(std::uint64_t frames) { return std::exchange(pool_, frames); }
    vm::Statistics statistics() {
        vm::Statistics now{};
        now.pool = pool_;
        return now;
    }
    std::uint64_t resident_pages(vm::SpaceId space) { return at(space).at_hand.size(); }

    // --- what stands behind a program's addresses ---

    VirtAddr first_unreachable(vm::SpaceId space, VirtAddr start, std::uint64_t count,
                               Access access);
    // All of it or nothing. not_mapped.
    Result<void> copy_out(vm::SpaceId space, VirtAddr to, Bytes bytes);
    Result<void> copy_in(vm::SpaceId space, VirtAddr from, std::span<std::byte> bytes);

    // --- for tests ---

    std::size_t in_use() const;
    std::span<const vm::Region> regions(vm::SpaceId space) { return at(space).regions; }
    vm::HeapPlace heap(vm::SpaceId space) { return at(space).heap; }
    // No page of SPACE is at hand.
    void evict(vm::SpaceId space) { at(space).at_hand.clear(); }
    // Bytes of SPACE, at hand or not.
    std::string text(vm::SpaceId space, VirtAddr start, std::uint64_t count);
    void set_text(vm::SpaceId space, VirtAddr start, Bytes text);

    std::function<bool(vm::SpaceId)> is_in_force{};  // whether a program runs in it
    std::function<void()> before_fork{};             // others run while a copy waits for the disk
    std::optional<unsigned> pieces_until_refusal{};  // that piece of a transfer is refused, once
    bool refuses_by_turns = false;                   // every second piece is
    bool evicts_at_mending = false;                  // all other pages of the space
    std::map<std::uint64_t, Error> beyond_mending{}; // pages by number, in every space

private:
    using PageOfBytes = std::array<std::byte, PAGE_SIZE>;
    struct Space {
        std::vector<vm::Region> regions{};
        vm::HeapPlace heap{};
        std::uint64_t heap_bytes = 0;
        std::map<std::uint64_t, PageOfBytes> bytes{};
        std::map<std::uint64_t, Access> at_hand{}; // by number; store: to be written to, too
    };

    Space& at(vm::SpaceId space);
    static vm::Region* region_of(Space& space, Page page);
    static bool allows(Space& space, Page page, Access access);
    bool is_refused();
    std::byte& byte(Space& space, VirtAddr address) {
        return space.bytes[Page::containing(address).number()][address.offset_in_page()];
    }

    Steps& steps_;
    std::array<std::optional<Space>, SPACES> spaces_{};
    std::uint64_t pool_ = 100;
    bool is_turn_to_refuse_ = false;
};
static_assert(vm::Service<Pages>);

// A program's memory as the two ends of a transfer.
class ProgramTransfer {
public:
    ProgramTransfer(Pages& pages, vm::SpaceId space, VirtAddr start)
        : pages_(pages), space_(space), start_(start) {}
    Result<void> put(Bytes piece) {
        return note(pages_.copy_out(space_, start_ + next_, piece), piece.size());
    }
    Result<void> get(std::span<std::byte> piece) {
        return note(pages_.copy_in(space_, start_ + next_, piece), piece.size());
    }
    std::uint64_t next() const { return next_; }
    bool stopped() const { return stopped_; }

private:
    Result<void> note(Result<void> moved, std::uint64_t bytes) {
        if (moved)
            next_ += bytes;
        else
            stopped_ = moved.error() == Error::not_mapped;
        return moved;
    }

    Pages& pages_;
    vm::SpaceId space_;
    VirtAddr start_;
    std::uint64_t next_ = 0;
    bool stopped_ = false;
};
