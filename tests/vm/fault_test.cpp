// Where pages come from: each supply, and the rights that a translation gets.
// SPDX-License-Identifier: MIT
//
// Pages of files: file_test.cpp.
#include "services/vm/fault.hpp"
#include "tests/vm/system.hpp"

#include <doctest/doctest.h>

TEST_CASE("vm: a first touch is filled with zeroes, with the region's rights") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    REQUIRE(system.memory->map(space, anonymous(0, 4)).has_value());
    CHECK(*system.load(space, page_at(2)) == 0);
    CHECK(system.supply == vm::Supply::zero);
    CHECK(system.memory->resolution().rights == Rights::read_write());
    CHECK(system.memory->statistics().resident == 1);
    // The same page again is no fault; another one is.
    CHECK(system.store(space, page_at(2), 5).has_value());
    CHECK(system.faults == 1);
    CHECK(system.store(space, page_at(3), 6).has_value());
    CHECK(system.faults == 2);
    CHECK(*system.load(space, page_at(2)) == 5);
}

TEST_CASE("vm: an access that no region allows fails, and changes nothing") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    REQUIRE(system.memory->map(space, anonymous(0, 4, Rights::read())).has_value());
    CHECK(system.store(space, page_at(1), 1).error() == Error::not_permitted);
    CHECK(system.access(space, page_at(1), Access::fetch).error() == Error::not_permitted);
    CHECK(system.load(space, page_at(4)).error() == Error::bad_address);
    CHECK(system.load(space, Page(0)).error() == Error::bad_address);
    CHECK(system.load(space, Page(~0ULL >> PAGE_SHIFT)).error() == Error::bad_address);
    CHECK(system.memory->statistics().resident == 0);
    // Nobody may use what has no rights at all, though the region is there.
    REQUIRE(system.memory->map(space, anonymous(8, 9, Rights::none())).has_value());
    CHECK(system.load(space, page_at(8)).error() == Error::not_permitted);
}

TEST_CASE("vm: a translation that is lost is put back") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    REQUIRE(system.memory->map(space, anonymous(0, 4)).has_value());
    REQUIRE(system.store(space, page_at(0), 9).has_value());
    system.machine.tables.clear();
    CHECK(*system.load(space, page_at(0)) == 9);
    CHECK(system.supply == vm::Supply::present);
    CHECK(system.memory->statistics().resident == 1);
}

TEST_CASE("vm: a stack grows down to its limit, and no further") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    vm::Region stack = anonymous(20, 22);
    stack.growth = vm::Growth::down;
    stack.lowest = page_at(16);
    REQUIRE(system.memory->map(space, stack).has_value());
    CHECK(system.memory->statistics().committed == 6);
    CHECK(system.store(space, page_at(18), 1).has_value());
    CHECK(system.memory->space(space).regions.all()[0].first == page_at(18));
    CHECK(system.store(space, page_at(19), 1).has_value());
    CHECK(system.store(space, page_at(16), 1).has_value());
    CHECK(system.store(space, page_at(15), 1).error() == Error::bad_address);
    // The guard below it stays free, and so does what it may still grow into.
    CHECK(system.memory->map(space, anonymous(14, 16)).error() == Error::exists);
    CHECK(system.memory->map(space, anonymous(14, 15)).has_value());
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: after fork both see the same, and only their own stores") {
    System system({});
    const vm::SpaceId parent = *system.memory->create();
    REQUIRE(system.memory->map(parent, anonymous(0, 4)).has_value());
    REQUIRE(system.store(parent, page_at(0), 1).has_value());
    REQUIRE(system.store(parent, page_at(1), 2).has_value());
    const vm::SpaceId child = *system.memory->create();
    REQUIRE(system.memory->fork(parent, child).has_value());
    CHECK(system.memory->statistics().resident == 2);
    const std::uint64_t faults = system.faults;
    CHECK(*system.load(child, page_at(0)) == 1);
    CHECK(*system.load(parent, page_at(0)) == 1);
    CHECK(system.faults == faults); // both are mapped
    CHECK(system.store(child, page_at(0), 10).has_value());
    CHECK(system.supply == vm::Supply::copy);
    CHECK(system.store(parent, page_at(0), 100).has_value());
    CHECK(system.supply == vm::Supply::reuse); // nobody else has it any more
    CHECK(*system.load(child, page_at(0)) == 10);
    CHECK(*system.load(parent, page_at(0)) == 100);
    CHECK(system.memory->statistics().resident == 3);
    CHECK(system.destroy(parent).has_value());
    CHECK(system.store(child, page_at(1), 20).has_value());
    CHECK(system.supply == vm::Supply::reuse);
    CHECK(system.destroy(child).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: a copy whose translation never came into force is not lost") {
    System system({.slots = 8});
    const vm::SpaceId parent = *system.memory->create();
    REQUIRE(system.memory->map(parent, anonymous(0, 1)).has_value());
    REQUIRE(system.store(parent, page_at(0), 77).has_value());
    const vm::SpaceId child = *system.memory->create();
    REQUIRE(system.memory->fork(parent, child).has_value());
    // The kernel had no frame for a table: the page is resident, but nothing maps it.
    const Fault fault{page_at(0).start(), VirtAddr(0), Access::store};
    REQUIRE(fault_resolve(*system.memory, child, fault).has_value());
    REQUIRE(fault_frame(*system.memory).has_value());
    REQUIRE(fault_fill(*system.memory).has_value());
    system.machine.tables.erase({child.raw(), page_at(0).number()});
    REQUIRE(system.memory->make_room(system.machine.memory.size()).has_value());
    CHECK(*system.load(child, page_at(0)) == 77);
    CHECK(system.supply == vm::Supply::swap);
}

TEST_CASE("vm: a fork that gets no table fails, though pages in swap need none") {
    System system({.slots = 8});
    const vm::SpaceId parent = *system.memory->create();
    REQUIRE(system.memory->map(parent, anonymous(0, 2)).has_value());
    REQUIRE(system.store(parent, page_at(1), 11).has_value());
    REQUIRE(system.memory->make_room(system.machine.memory.size()).has_value());
    REQUIRE(system.store(parent, page_at(0), 10).has_value());
    const vm::SpaceId child = *system.memory->create();
    system.machine.tables_until_failure = 0;
    CHECK(system.memory->fork(parent, child).error() == Error::no_memory);
    CHECK(system.memory->space(child).regions.all().empty());
    CHECK(system.destroy(child).has_value());
    CHECK(*system.load(parent, page_at(0)) == 10);
    CHECK(*system.load(parent, page_at(1)) == 11);
    CHECK(system.destroy(parent).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: with no slot free the policy's victim goes, and others lose their copies in swap") {
    System system({.frames = 8, .slots = 4, .configuration = {.policy = vm::Policy::fifo}});
    const vm::SpaceId space = *system.memory->create();
    REQUIRE(system.memory->map(space, anonymous(0, 11)).has_value());
    for (std::uint64_t page = 0; page < 9; ++page) // 0 goes
        REQUIRE(system.store(space, page_at(page), page).has_value());
    REQUIRE(system.load(space, page_at(0)).has_value()); // 1 goes; 0 keeps its copy
    CHECK(system.memory->statistics().free_slots == 2);
    for (const std::uint64_t page : {9, 10}) // 2 and 3 go
        REQUIRE(system.store(space, page_at(page), page).has_value());
    CHECK(system.memory->statistics().free_slots == 0);
    REQUIRE(system.load(space, page_at(1)).has_value());
    const std::uint64_t faults = system.faults;
    CHECK(*system.load(space, page_at(0)) == 0);
    CHECK(system.faults == faults);
    CHECK(*system.load(space, page_at(4)) == 4);
    CHECK(system.faults == faults + 1);
}
