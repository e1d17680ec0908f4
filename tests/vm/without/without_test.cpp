// A placement that cannot take a translation away keeps every page that a program has.
// SPDX-License-Identifier: MIT
//
// As the microkernel's pager, SPIN's and exo's library OS are, while all of a program's memory is
// wired. A page that were given up would stay mapped, and its frame be somebody else's, too.
#include "services/vm/fault.hpp"
#include "services/vm/tables.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <set>
#include <vector>

namespace {

constexpr VirtAddr HEAP(0x11800000);
constexpr std::uint64_t PAGES = FewFrames::MOST - 1; // one place is kept free

struct Program {
    Program(vm::Policy policy, std::uint64_t pages) {
        memory.frames.note_given_in(tables->given_frames);
        REQUIRE(memory.set_up(tables->storage(), {.policy = policy}).has_value());
        space = *memory.create();
        REQUIRE(memory.set_heap(space, HEAP, HEAP + pages * PAGE_SIZE).has_value());
        REQUIRE(memory.move_break(space, static_cast<std::int64_t>(pages * PAGE_SIZE)) == HEAP);
    }
    // The frame that the page is to be mapped to.
    Result<vm::FrameIndex> touch(std::uint64_t page, Access access) {
        const VirtAddr address = HEAP + page * PAGE_SIZE;
        TRY(fault_resolve(memory, space, Fault{address, address, access}));
        TRY(fault_frame(memory));
        TRY(fault_fill(memory));
        CHECK(memory.resolution().page == Page::containing(address));
        return memory.resolution().frame;
    }

    using Tables = vm::Tables<2, 8, FewFrames::MOST, 1, 0>;
    std::unique_ptr<Tables> tables = std::make_unique<Tables>();
    vm::Memory memory{};
    vm::SpaceId space{};
};

} // namespace

TEST_CASE("without: no page is given up, whether it was stored to or only read") {
    for (const vm::Policy policy :
         {vm::Policy::fifo, vm::Policy::clock, vm::Policy::lru, vm::Policy::mru, vm::Policy::own})
        for (const Access access : {Access::load, Access::store}) {
            CAPTURE(static_cast<int>(policy));
            CAPTURE(static_cast<int>(access));
            Program program(policy, PAGES);
            std::vector<vm::FrameIndex> frames;
            std::set<std::uint64_t> different;
            for (std::uint64_t page = 0; page < FewFrames::COUNT; ++page) {
                const auto frame = program.touch(page, access);
                REQUIRE(frame.has_value());
                frames.push_back(*frame);
                different.insert(frame->raw());
            }
            CHECK(different.size() == FewFrames::COUNT);
            for (std::uint64_t page = FewFrames::COUNT; page < PAGES; ++page)
                CHECK(program.touch(page, access).error() == Error::no_memory);
            CHECK(program.memory.make_room(FewFrames::MOST).error() == Error::no_memory);
            CHECK(program.memory.page_out(4).value_or(0) == 0);
            CHECK(program.memory.statistics().counters.evictions == 0);
            // Whoever lost a translation gets it back.
            for (std::uint64_t page = 0; page < FewFrames::COUNT; ++page)
                CHECK(program.touch(page, access) == frames[page]);
        }
}

TEST_CASE("without: there is no fork, and no memory that would have to come from elsewhere") {
    Program program(vm::Policy::clock, 4);
    REQUIRE(program.touch(0, Access::store).has_value());
    const vm::SpaceId child = *program.memory.create();
    CHECK(program.memory.fork(program.space, child).error() == Error::not_supported);
    CHECK(program.memory.swap.slots() == 0);
}
