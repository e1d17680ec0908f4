// services/vm on the host: regions, and the three stages placed over an array of frames.
// SPDX-License-Identifier: MIT
#include "services/vm/fault.hpp"
#include "world.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>

namespace {

constexpr VirtAddr HEAP(0x10800000);
constexpr VirtAddr HEAP_LIMIT(0x10e00000);

Fault fault_at(VirtAddr address, Access access) { return {address, VirtAddr(0x10000000), access}; }

} // namespace

TEST_CASE("vm: the heap starts empty and grows byte by byte, up to its limit") {
    vm::Regions regions;
    REQUIRE(regions.add_heap(HEAP, HEAP_LIMIT).has_value());
    CHECK(regions.find(Page::containing(HEAP)).error() == Error::bad_address);
    CHECK(*regions.grow_heap(1) == HEAP);
    CHECK(regions.find(Page::containing(HEAP)).has_value());
    CHECK(regions.find(Page::containing(HEAP) + 1).error() == Error::bad_address);
    CHECK(*regions.grow_heap(PAGE_SIZE) == HEAP + 1);
    CHECK(regions.find(Page::containing(HEAP) + 1).has_value());
    CHECK(regions.grow_heap(0x600000 - PAGE_SIZE).error() == Error::no_memory);
    CHECK(regions.grow_heap(~0ULL).error() == Error::no_memory);
    CHECK(*regions.grow_heap(0) == HEAP + 1 + PAGE_SIZE);
    CHECK(regions.grow_heap(0x600000 - PAGE_SIZE - 1).has_value());
    CHECK(regions.find(Page::containing(HEAP_LIMIT)).error() == Error::bad_address);
}

TEST_CASE("vm: without a heap there is nothing to grow") {
    vm::Regions regions;
    CHECK(regions.grow_heap(1).error() == Error::invalid);
    CHECK(regions.add_heap(HEAP + 1, HEAP_LIMIT).error() == Error::invalid);
    CHECK(regions.add_heap(HEAP_LIMIT, HEAP).error() == Error::invalid);
}

TEST_CASE("vm: regions neither overlap nor vanish, and the table ends") {
    vm::Regions regions;
    for (std::uint64_t i = 0; i < vm::Regions::CAPACITY; ++i)
        REQUIRE(regions.add({Page(10 * i), Page(10 * i + 5), Rights::read()}).has_value());
    CHECK(regions.add({Page(1000), Page(1001), Rights::read()}).error() == Error::no_memory);
    vm::Regions few;
    REQUIRE(few.add({Page(10), Page(20), Rights::read()}).has_value());
    CHECK(few.add({Page(19), Page(30), Rights::read()}).error() == Error::invalid);
    CHECK(few.add({Page(5), Page(11), Rights::read()}).error() == Error::invalid);
    CHECK(few.add({Page(12), Page(13), Rights::read()}).error() == Error::invalid);
    CHECK(few.add({Page(30), Page(30), Rights::read()}).error() == Error::invalid);
    CHECK(few.add({Page(20), Page(21), Rights::read()}).has_value());
    CHECK(few.find(Page(9)).error() == Error::bad_address);
    CHECK(few.find(Page(20))->first == Page(20));
}

TEST_CASE("vm: a first touch is resolved, framed and filled with zeroes") {
    vm::Regions regions;
    REQUIRE(regions.add_heap(HEAP, HEAP_LIMIT).has_value());
    REQUIRE(regions.grow_heap(1).has_value());
    HostFrames frames(1);
    std::fill(frames.pages[0].bytes.begin(), frames.pages[0].bytes.end(), std::byte{0xaa});
    const auto resolution = fault_resolve(regions, fault_at(HEAP + 8, Access::store));
    REQUIRE(resolution.has_value());
    CHECK(resolution->page == Page::containing(HEAP));
    CHECK(resolution->rights == Rights::read_write());
    const auto frame = fault_frame(frames);
    REQUIRE(frame.has_value());
    fault_fill(frames, *frame, *resolution);
    CHECK(std::all_of(frames.pages[0].bytes.begin(), frames.pages[0].bytes.end(),
                      [](std::byte byte) { return byte == std::byte{0}; }));
    CHECK(fault_frame(frames).error() == Error::no_memory);
}

TEST_CASE("vm: an access without right is not permitted") {
    vm::Regions regions;
    REQUIRE(regions.add({Page(1), Page(2), Rights::read()}).has_value());
    const auto resolve = [&](std::uint64_t page, Access access) {
        return fault_resolve(regions, fault_at(Page(page).start(), access));
    };
    CHECK(resolve(1, Access::load).has_value());
    CHECK(resolve(1, Access::store).error() == Error::not_permitted);
    CHECK(resolve(1, Access::fetch).error() == Error::not_permitted);
    CHECK(resolve(2, Access::load).error() == Error::bad_address);
    CHECK(resolve(~0ULL >> 12, Access::load).error() == Error::bad_address);
}
