// Regions: what is refused, what becomes one, what becomes two; the heap.
// SPDX-License-Identifier: MIT
#include "tests/vm/system.hpp"

#include <doctest/doctest.h>

namespace {

std::size_t regions_of(System& system, vm::SpaceId space) {
    return system.memory->space(space).regions.all().size();
}

} // namespace

TEST_CASE("vm: regions that are malformed or overlap are refused") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    const auto error = [&](const vm::Region& region) {
        return system.memory->map(space, region).error();
    };
    CHECK(error(anonymous(3, 3)) == Error::invalid);
    CHECK(error(anonymous(3, 2)) == Error::invalid);
    vm::Region region = anonymous(0, 2);
    region.first = Page(vm::FIRST_PAGE - 1);
    CHECK(error(region) == Error::invalid);
    region = anonymous(0, 2);
    region.end = Page(vm::SPACE_PAGES + 1);
    CHECK(error(region) == Error::invalid);
    region = anonymous(0, 2);
    region.file_bytes = 1;
    CHECK(error(region) == Error::invalid);
    region = anonymous(0, 2, Rights::from_raw(2)); // write without read: no page table can say it
    CHECK(error(region) == Error::invalid);
    region = anonymous(2, 4);
    region.backing = vm::Backing::file_shared;
    region.file_bytes = PAGE_SIZE; // a shared page that is not all file
    CHECK(error(region) == Error::invalid);
    region.file_bytes = 2 * PAGE_SIZE;
    region.file_offset = 1;
    CHECK(error(region) == Error::invalid);
    for (const std::uint64_t far : {(1UL << 44) - PAGE_SIZE, 0 - PAGE_SIZE}) {
        region.file_offset = far; // its index would not fit
        CHECK(error(region) == Error::invalid);
    }
    region = anonymous(2, 4);
    region.growth = vm::Growth::down;
    region.lowest = page_at(3);
    CHECK(error(region) == Error::invalid);
    REQUIRE(system.memory->map(space, anonymous(10, 20)).has_value());
    CHECK(error(anonymous(19, 30)) == Error::exists);
    CHECK(error(anonymous(5, 11)) == Error::exists);
    CHECK(error(anonymous(12, 13)) == Error::exists);
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: tables and sizes that do not fit each other are refused") {
    System system({.frames = 16});
    std::vector<vm::Space> spaces(1);
    std::vector<vm::Record> nodes(vm::NODE_RECORDS);
    std::vector<vm::FrameRecord> frames(17);
    std::vector<std::uint32_t> buckets(8);
    const auto set_up = [&](std::size_t frame_records, std::size_t bucket_count,
                            const vm::Configuration& configuration) {
        vm::Memory memory;
        memory.frames.machine = memory.swap.machine = &system.machine;
        return memory.set_up({.spaces = spaces,
                              .nodes = nodes,
                              .frames = std::span(frames).first(frame_records),
                              .buckets = std::span(buckets).first(bucket_count),
                              .slots = {}},
                             configuration);
    };
    CHECK(set_up(17, 8, {}).has_value());
    CHECK(set_up(17, 8, {.pool = 8, .watermarks = vm::Watermarks{7, 7}}).has_value());
    CHECK(set_up(16, 8, {}).error() == Error::invalid); // a frame too many
    CHECK(set_up(0, 8, {}).error() == Error::invalid);
    CHECK(set_up(17, 0, {}).error() == Error::invalid);
    CHECK(set_up(17, 6, {}).error() == Error::invalid);
    CHECK(set_up(17, 8, {.pool = 7}).error() == Error::invalid);
    CHECK(set_up(17, 8, {.watermarks = vm::Watermarks{3, 2}}).error() == Error::invalid);
    CHECK(set_up(17, 8, {.pool = 8, .watermarks = vm::Watermarks{7, 8}}).error() == Error::invalid);
}

TEST_CASE("vm: neighbours that are alike become one, a hole makes two, and both join again") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    REQUIRE(system.memory->map(space, anonymous(0, 4)).has_value());
    REQUIRE(system.memory->map(space, anonymous(4, 8)).has_value());
    CHECK(regions_of(system, space) == 1);
    REQUIRE(system.store(space, page_at(1), 11).has_value());
    REQUIRE(system.store(space, page_at(5), 15).has_value());
    CHECK(system.memory->protect(space, {page_at(2), page_at(4)}, Rights::read()).has_value());
    CHECK(regions_of(system, space) == 3);
    CHECK(
        system.memory->protect(space, {page_at(2), page_at(4)}, Rights::read_write()).has_value());
    CHECK(regions_of(system, space) == 1);
    CHECK(system.memory->unmap(space, {page_at(4), page_at(6)}).has_value());
    CHECK(regions_of(system, space) == 2);
    CHECK(system.load(space, page_at(5)).error() == Error::bad_address);
    CHECK(system.memory->statistics().resident == 1);
    CHECK(system.memory->resident_pages(space) == 1);
    REQUIRE(system.memory->map(space, anonymous(4, 6)).has_value());
    CHECK(regions_of(system, space) == 1);
    CHECK(*system.load(space, page_at(5)) == 0); // a new page
    CHECK(*system.load(space, page_at(1)) == 11);
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: an empty range, and rights that no page can have, are refused") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    REQUIRE(system.memory->map(space, anonymous(0, 4)).has_value());
    const vm::PageRange empty{page_at(2), page_at(2)};
    CHECK(system.memory->unmap(space, empty).error() == Error::invalid);
    CHECK(system.memory->protect(space, empty, Rights::read()).error() == Error::invalid);
    CHECK(system.memory->protect(space, {page_at(0), page_at(4)}, Rights::from_raw(2)).error() ==
          Error::invalid);
    CHECK(regions_of(system, space) == 1);
}

TEST_CASE("vm: what is left above a hole in a stack grows no more") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    vm::Region stack = anonymous(20, 24);
    stack.growth = vm::Growth::down;
    stack.lowest = page_at(16);
    REQUIRE(system.memory->map(space, stack).has_value());
    REQUIRE(system.memory->unmap(space, {page_at(20), page_at(22)}).has_value());
    CHECK(system.load(space, page_at(21)).error() == Error::bad_address);
    CHECK(system.memory->statistics().committed == 2);
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: the parts of a file's region show the same bytes as the whole") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    std::vector<std::byte>& file = system.machine.files[3];
    file.resize(8 * PAGE_SIZE);
    for (std::uint64_t page = 0; page < 8; ++page)
        file[page * PAGE_SIZE] = static_cast<std::byte>(page + 1);
    const vm::Region region{.first = page_at(0),
                            .end = page_at(6),
                            .file_offset = 2 * PAGE_SIZE,
                            .file_bytes = 5 * PAGE_SIZE,
                            .file = vm::FileId(3),
                            .rights = Rights::read(),
                            .backing = vm::Backing::file_private};
    REQUIRE(system.memory->map(space, region).has_value());
    REQUIRE(system.memory->unmap(space, {page_at(2), page_at(3)}).has_value());
    REQUIRE(system.memory->protect(space, {page_at(4), page_at(5)}, Rights::none()).has_value());
    CHECK(system.machine.holds[3] == 4); // one for each part
    CHECK(*system.load(space, page_at(1)) == 4);
    CHECK(*system.load(space, page_at(3)) == 6);
    CHECK(system.load(space, page_at(4)).error() == Error::not_permitted);
    CHECK(*system.load(space, page_at(5)) == 0); // beyond the bytes
    REQUIRE(system.memory->protect(space, {page_at(4), page_at(5)}, Rights::read()).has_value());
    CHECK(system.machine.holds[3] == 2);
    CHECK(*system.load(space, page_at(4)) == 7);
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: no region gets rights beyond its maximum, and none is made with such") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    vm::Region region = anonymous(0, 2, Rights::read());
    region.maximum = Rights::read_execute();
    REQUIRE(system.memory->map(space, region).has_value());
    REQUIRE(system.memory->map(space, anonymous(2, 4, Rights::read())).has_value());
    CHECK(regions_of(system, space) == 2); // not alike
    CHECK(system.memory->protect(space, {page_at(1), page_at(3)}, Rights::read_write()).error() ==
          Error::not_permitted);
    CHECK(regions_of(system, space) == 2);
    CHECK(system.store(space, page_at(2), 1).error() == Error::not_permitted);
    CHECK(
        system.memory->protect(space, {page_at(2), page_at(3)}, Rights::read_write()).has_value());
    CHECK(system.memory->protect(space, {page_at(0), page_at(3)}, Rights::none()).has_value());
    region.first = page_at(8);
    region.end = page_at(9);
    region.rights = Rights::read_write();
    CHECK(system.memory->map(space, region).error() == Error::invalid);
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: the table of regions ends, and then nothing was done") {
    System system({.frames = 200, .nodes = 200});
    const vm::SpaceId space = *system.memory->create();
    for (std::uint64_t i = 0; i < vm::Regions::CAPACITY; ++i)
        REQUIRE(system.memory->map(space, anonymous(10 * i, 10 * i + 5)).has_value());
    const vm::Statistics before = system.memory->statistics();
    CHECK(system.memory->map(space, anonymous(1000, 1001)).error() == Error::no_memory);
    CHECK(system.memory->unmap(space, {page_at(11), page_at(12)}).error() == Error::no_memory);
    CHECK(system.memory->protect(space, {page_at(11), page_at(12)}, Rights::read()).error() ==
          Error::no_memory);
    CHECK(system.memory->statistics().committed == before.committed);
    CHECK(system.memory->statistics().free_nodes == before.free_nodes);
    CHECK(system.store(space, page_at(11), 1).has_value());
    CHECK(system.memory->unmap(space, {page_at(10), page_at(15)}).has_value());
    CHECK(system.memory->unmap(space, {page_at(20), page_at(22)}).has_value());
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: nodes are taken when a region is made, or it is refused") {
    System system({.frames = 400, .nodes = 5});
    const vm::SpaceId space = *system.memory->create();
    REQUIRE(system.memory->map(space, anonymous(0, 128)).has_value()); // an inner node, two leaves
    CHECK(system.memory->statistics().free_nodes == 2);
    CHECK(system.memory->map(space, anonymous(128, 128 + 192)).error() == Error::no_memory);
    CHECK(system.memory->statistics().free_nodes == 2);
    CHECK(system.memory->statistics().committed == 128);
    const vm::SpaceId child = *system.memory->create();
    CHECK(system.memory->fork(space, child).error() == Error::no_memory);
    CHECK(system.destroy(child).has_value());
    REQUIRE(system.memory->map(space, anonymous(128, 256)).has_value());
    CHECK(system.memory->unmap(space, {page_at(0), page_at(200)}).has_value());
    CHECK(system.memory->statistics().free_nodes == 3);
    // Neighbours do not keep each other's leaves.
    REQUIRE(system.memory->map(space, anonymous(64, 128, Rights::read())).has_value());
    REQUIRE(system.memory->map(space, anonymous(128, 192, Rights::none())).has_value());
    CHECK(system.memory->statistics().free_nodes == 1);
    CHECK(system.memory->unmap(space, {page_at(128), page_at(192)}).has_value());
    CHECK(system.memory->statistics().free_nodes == 2);
    REQUIRE(system.memory->map(space, anonymous(128, 192, Rights::none())).has_value());
    CHECK(system.memory->unmap(space, {page_at(64), page_at(128)}).has_value());
    CHECK(system.memory->statistics().free_nodes == 2);
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: a gap is found below, between and above what is there") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    const vm::PageRange all{page_at(0), page_at(20)};
    CHECK(*system.memory->gap(space, 20, all) == page_at(0));
    CHECK(system.memory->gap(space, 21, all).error() == Error::no_memory);
    CHECK(system.memory->gap(space, 0, all).error() == Error::no_memory);
    REQUIRE(system.memory->map(space, anonymous(2, 4)).has_value());
    vm::Region stack = anonymous(12, 13);
    stack.growth = vm::Growth::down;
    stack.lowest = page_at(10);
    REQUIRE(system.memory->map(space, stack).has_value());
    CHECK(*system.memory->gap(space, 2, all) == page_at(0));
    CHECK(*system.memory->gap(space, 3, all) == page_at(4));
    CHECK(*system.memory->gap(space, 5, all) == page_at(4)); // up to the guard of the stack
    CHECK(*system.memory->gap(space, 6, all) == page_at(13));
    CHECK(system.memory->gap(space, 8, all).error() == Error::no_memory);
    CHECK(*system.memory->gap(space, 1, {page_at(3), page_at(20)}) == page_at(4));
}

TEST_CASE("vm: the heap grows and shrinks byte by byte, and gives its pages back") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    const VirtAddr start = page_at(0).start();
    CHECK(system.memory->set_heap(space, start + 1, page_at(8).start()).error() == Error::invalid);
    CHECK(system.memory->set_heap(space, start, page_at(8).start() + 1).error() == Error::invalid);
    CHECK(system.memory->set_heap(space, page_at(8).start(), start).error() == Error::invalid);
    const VirtAddr end = Page(vm::SPACE_PAGES).start();
    CHECK(system.memory->set_heap(space, start, end + PAGE_SIZE).error() == Error::invalid);
    CHECK(system.memory->set_heap(space, end, end).has_value());
    CHECK(system.memory->move_break(space, 1).error() == Error::no_memory); // there is no heap
    REQUIRE(system.memory->set_heap(space, start, page_at(8).start()).has_value());
    CHECK(system.load(space, page_at(0)).error() == Error::bad_address);
    CHECK(*system.memory->move_break(space, 1) == start);
    CHECK(system.store(space, page_at(0), 1).has_value());
    CHECK(system.load(space, page_at(1)).error() == Error::bad_address);
    CHECK(*system.memory->move_break(space, PAGE_SIZE) == start + 1);
    CHECK(system.store(space, page_at(1), 2).has_value());
    CHECK(system.memory->move_break(space, 7 * PAGE_SIZE).error() == Error::no_memory);
    CHECK(system.memory->move_break(space, INT64_MAX).error() == Error::no_memory);
    CHECK(system.memory->move_break(space, INT64_MIN).error() == Error::invalid);
    CHECK(*system.memory->move_break(space, -static_cast<std::int64_t>(PAGE_SIZE)) ==
          start + PAGE_SIZE + 1);
    CHECK(system.load(space, page_at(1)).error() == Error::bad_address);
    CHECK(system.memory->statistics().resident == 1);
    CHECK(*system.load(space, page_at(0)) == 1);
    CHECK(system.memory->move_break(space, -2).error() == Error::invalid);
    CHECK(*system.memory->move_break(space, -1) == start + 1);
    CHECK(*system.memory->move_break(space, 0) == start);
    CHECK(system.memory->statistics().committed == 0);
    // Something else stands in the way.
    REQUIRE(system.memory->map(space, anonymous(2, 3)).has_value());
    CHECK(system.memory->move_break(space, 3 * PAGE_SIZE).error() == Error::no_memory);
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}
