// Pages of files: what a mapping shows, and who shares a frame.
// SPDX-License-Identifier: MIT
#include "tests/vm/files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>

TEST_CASE("vm: one region holds a segment: bytes of the file, then zeroes") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    system.machine.files[FILE_A.raw()] = contents(5 * PAGE_SIZE);
    // Bytes from page 1 of the file on: one page and 100 bytes.
    REQUIRE(system.memory
                ->map(space, of_file(0, 4, vm::Backing::file_private, Rights::read_write(),
                                     PAGE_SIZE + 100, PAGE_SIZE))
                .has_value());
    const PageOfBytes first = **system.access(space, page_at(0), Access::load);
    CHECK(system.supply == vm::Supply::file);
    CHECK(std::ranges::equal(
        first.bytes, std::span(system.machine.files[FILE_A.raw()]).subspan(PAGE_SIZE, PAGE_SIZE)));
    const PageOfBytes second = **system.access(space, page_at(1), Access::load);
    CHECK(second.bytes[99] == system.machine.files[FILE_A.raw()][2 * PAGE_SIZE + 99]);
    CHECK(std::all_of(second.bytes.begin() + 100, second.bytes.end(),
                      [](std::byte byte) { return byte == std::byte{0}; }));
    CHECK(*system.load(space, page_at(2)) == 0);
    CHECK(system.supply == vm::Supply::zero);
    // Stores stay here.
    CHECK(system.store(space, page_at(0), 1).has_value());
    CHECK(system.destroy(space).has_value());
    CHECK(system.machine.files[FILE_A.raw()] == contents(5 * PAGE_SIZE));
    CHECK(system.is_empty());
}

TEST_CASE("vm: two programs share the text of one file, each frame once") {
    System system({});
    const vm::SpaceId one = *system.memory->create();
    const vm::SpaceId two = *system.memory->create();
    system.machine.files[FILE_A.raw()] = contents(PAGE_SIZE + 100);
    const vm::Region text =
        of_file(0, 2, vm::Backing::file_private, Rights::read_execute(), PAGE_SIZE + 100);
    REQUIRE(system.memory->map(one, text).has_value());
    vm::Region elsewhere = text;
    elsewhere.first = page_at(8);
    elsewhere.end = page_at(10);
    REQUIRE(system.memory->map(two, elsewhere).has_value());
    CHECK(system.memory->statistics().committed == 0);
    for (std::uint64_t i = 0; i < 2; ++i) {
        REQUIRE(system.access(one, page_at(i), Access::fetch).has_value());
        CHECK(system.supply == vm::Supply::file);
        REQUIRE(system.access(two, page_at(8 + i), Access::fetch).has_value());
        CHECK(system.supply == vm::Supply::shared);
    }
    CHECK(system.memory->statistics().resident == 2);
    CHECK(system.destroy(one).has_value());
    CHECK(system.memory->statistics().resident == 2);
    CHECK(system.destroy(two).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: pages of many files, at the same place in each, are kept apart") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    vm::Region text = of_file(0, 1, vm::Backing::file_private, Rights::read(), PAGE_SIZE);
    const auto next = [&] {
        text.first = text.first + 1;
        text.end = text.end + 1;
        text.file = vm::FileId(text.file.raw() + 1);
    };
    const vm::Region first = text;
    for (std::uint64_t i = 0; i < 20; ++i, next()) { // more than the table has buckets
        system.machine.files[text.file.raw()].assign(PAGE_SIZE, static_cast<std::byte>(i));
        REQUIRE(system.memory->map(space, text).has_value());
        REQUIRE(system.load(space, text.first).has_value());
    }
    const vm::SpaceId other = *system.memory->create();
    text = first;
    for (std::uint64_t i = 0; i < 20; ++i, next()) {
        REQUIRE(system.memory->map(other, text).has_value());
        CHECK(*system.load(other, text.first) == i * 0x0101010101010101);
        CHECK(system.supply == vm::Supply::shared);
    }
    CHECK(system.destroy(space).has_value());
    CHECK(system.destroy(other).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: text that becomes writable is copied, and never written to its file") {
    System system({});
    const vm::SpaceId one = *system.memory->create();
    const vm::SpaceId two = *system.memory->create();
    system.machine.files[FILE_A.raw()] = contents(2 * PAGE_SIZE);
    const vm::Region text = of_file(0, 2, vm::Backing::file_private, Rights::read(), 2 * PAGE_SIZE);
    REQUIRE(system.memory->map(one, text).has_value());
    REQUIRE(system.memory->map(two, text).has_value());
    const std::uint64_t before = *system.load(one, page_at(0));
    REQUIRE(system.load(two, page_at(0)).has_value());
    REQUIRE(
        system.memory->protect(one, {page_at(0), page_at(2)}, Rights::read_write()).has_value());
    CHECK(system.memory->statistics().committed == 2);
    CHECK(system.store(one, page_at(0), 42).has_value());
    CHECK(system.supply == vm::Supply::copy);
    CHECK(*system.load(one, page_at(0)) == 42);
    CHECK(*system.load(two, page_at(0)) == before);
    CHECK(system.destroy(one).has_value());
    CHECK(system.destroy(two).has_value());
    CHECK(system.machine.files[FILE_A.raw()] == contents(2 * PAGE_SIZE));
    CHECK(system.is_empty());
}
