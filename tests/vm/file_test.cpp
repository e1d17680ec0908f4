// Pages of files: what a mapping shows, who shares a frame, and what reaches the file.
// SPDX-License-Identifier: MIT
#include "services/vm/fault.hpp"
#include "tests/vm/system.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>

namespace {

constexpr vm::FileId FILE_A{7};

// A file of BYTES bytes; byte I is I / 256 + 1 of its page, so that every page differs.
std::vector<std::byte> contents(std::size_t bytes) {
    std::vector<std::byte> file(bytes);
    for (std::size_t i = 0; i < bytes; ++i)
        file[i] = static_cast<std::byte>(1 + i / PAGE_SIZE + i % 7 * 16);
    return file;
}

vm::Region of_file(std::uint64_t first, std::uint64_t end, vm::Backing backing, Rights rights,
                   std::uint64_t bytes, std::uint64_t offset = 0) {
    return {.first = page_at(first),
            .end = page_at(end),
            .file_offset = offset,
            .file_bytes = bytes,
            .file = FILE_A,
            .rights = rights,
            .backing = backing};
}

} // namespace

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

TEST_CASE("vm: a store to a hole of a shared file takes a block first, or fails") {
    System system({.frames = 8});
    const vm::SpaceId space = *system.memory->create();
    system.machine.files[FILE_A.raw()] = contents(16 * PAGE_SIZE);
    REQUIRE(system.memory
                ->map(space, of_file(0, 16, vm::Backing::file_shared, Rights::read_write(),
                                     16 * PAGE_SIZE))
                .has_value());
    system.machine.holes = {3, 4};
    system.machine.blocks_until_full = 0;
    CHECK(system.load(space, page_at(3)).has_value()); // there is no matter in reading
    CHECK(system.store(space, page_at(3), 1).error() == Error::no_space);
    CHECK(system.store(space, page_at(4), 1).error() == Error::no_space);
    CHECK(system.store(space, page_at(5), 5).has_value());
    system.machine.blocks_until_full = 1;
    REQUIRE(system.store(space, page_at(3), 33).has_value());
    CHECK(system.supply == vm::Supply::reuse);
    const std::uint64_t faults = system.faults;
    REQUIRE(system.store(space, page_at(3), 34).has_value());
    CHECK(system.faults == faults); // once is enough
    SUBCASE("and nothing is lost") {
        CHECK(system.memory->unmap(space, {page_at(0), page_at(16)}).has_value());
        std::uint64_t word = 0;
        std::memcpy(&word, &system.machine.files[FILE_A.raw()][3 * PAGE_SIZE], 8);
        CHECK(word == 34);
    }
    SUBCASE("but what is cut under the mapping, which is said") {
        system.machine.holes.insert(3);
        CHECK(system.memory->write_back().error() == Error::no_space);
        CHECK(system.memory->unmap(space, {page_at(3), page_at(4)}).error() == Error::no_space);
        CHECK(system.memory->unmap(space, {page_at(0), page_at(16)}).has_value());
    }
    SUBCASE("and no frame either, when one is needed") {
        system.machine.holes.insert(3);
        for (std::uint64_t page = 6; page < 16; ++page)
            REQUIRE(system.store(space, page_at(page), page).has_value());
        CHECK(system.load(space, page_at(3)).has_value());
    }
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: a shared mapping shows stores to everybody, and to the file in the end") {
    System system({});
    const vm::SpaceId one = *system.memory->create();
    const vm::SpaceId two = *system.memory->create();
    system.machine.files[FILE_A.raw()] = contents(2 * PAGE_SIZE - 8);
    const vm::Region shared =
        of_file(0, 2, vm::Backing::file_shared, Rights::read_write(), 2 * PAGE_SIZE);
    REQUIRE(system.memory->map(one, shared).has_value());
    REQUIRE(system.memory->map(two, shared).has_value());
    REQUIRE(system.store(one, page_at(0), 1001).has_value());
    CHECK(*system.load(two, page_at(0)) == 1001);
    CHECK(system.memory->statistics().resident == 1);
    SUBCASE("by write_back") {
        CHECK(system.memory->write_back().has_value());
        CHECK(system.machine.writes == 1);
        CHECK(system.memory->write_back().has_value());
        CHECK(system.machine.writes == 1); // it is clean
        CHECK(system.store(two, page_at(0), 1001).has_value());
        CHECK(system.memory->write_back().has_value());
        CHECK(system.machine.writes == 2); // and dirty again
    }
    SUBCASE("by unmap") {
        CHECK(system.memory->unmap(two, {page_at(0), page_at(2)}).has_value());
        CHECK(system.machine.writes == 0); // somebody has it yet
        CHECK(system.memory->unmap(one, {page_at(0), page_at(2)}).has_value());
        CHECK(system.machine.writes == 1);
    }
    SUBCASE("by the unmap of who stored, though somebody has it yet, and stores again") {
        CHECK(system.memory->unmap(one, {page_at(0), page_at(2)}).has_value());
        CHECK(system.machine.writes == 1);
        CHECK(system.store(two, page_at(0), 1001).has_value());
        CHECK(system.memory->unmap(two, {page_at(0), page_at(2)}).has_value());
        CHECK(system.machine.writes == 2);
    }
    SUBCASE("by the end of both") {
        CHECK(system.destroy(two).has_value());
        CHECK(system.destroy(one).has_value());
        CHECK(system.machine.writes == 1);
    }
    std::uint64_t word = 0;
    std::memcpy(&word, system.machine.files[FILE_A.raw()].data(), 8);
    CHECK(word == 1001);
    CHECK(system.machine.files[FILE_A.raw()].size() == 2 * PAGE_SIZE - 8);
}

TEST_CASE("vm: a shared mapping may be longer than its file, and ends where the file does") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    auto& file = system.machine.files[FILE_A.raw()];
    file = contents(PAGE_SIZE + 100);
    REQUIRE(system.memory
                ->map(space,
                      of_file(0, 4, vm::Backing::file_shared, Rights::read_write(), 4 * PAGE_SIZE))
                .has_value());
    const PageOfBytes last = **system.access(space, page_at(1), Access::load);
    CHECK(last.bytes[99] == file[PAGE_SIZE + 99]);
    CHECK(last.bytes[100] == std::byte{0});
    CHECK(last.bytes[PAGE_SIZE - 1] == std::byte{0});
    for (const std::uint64_t beyond : {2, 3}) {
        CHECK(system.load(space, page_at(beyond)).error() == Error::bad_address);
        CHECK(system.store(space, page_at(beyond), 1).error() == Error::bad_address);
    }
    CHECK(system.memory->statistics().resident == 1);
    // A store behind the end stays in the page; the file keeps its size.
    CHECK(system.store(space, page_at(1), 77, PAGE_SIZE / 8 - 1).has_value());
    CHECK(system.memory->write_back().has_value());
    CHECK(file == contents(PAGE_SIZE + 100));
    file.resize(2 * PAGE_SIZE + 1, std::byte{5}); // it grows, and so does what can be touched
    CHECK(*system.load(space, page_at(2)) == 5);
    CHECK(system.load(space, page_at(3)).error() == Error::bad_address);
    // Half of it is as long as its file may become, too.
    CHECK(system.memory->unmap(space, {page_at(1), page_at(3)}).has_value());
    CHECK(system.load(space, page_at(3)).error() == Error::bad_address);
    CHECK(system.load(space, page_at(0)).has_value());
    CHECK(system.destroy(space).has_value());
    CHECK(system.is_empty());
}

TEST_CASE("vm: a file is held for writing by what may change it, now or later") {
    System system({});
    const vm::SpaceId space = *system.memory->create();
    system.machine.files[FILE_A.raw()] = contents(4 * PAGE_SIZE);
    int& writers = system.machine.writers[FILE_A.raw()];
    vm::Region region =
        of_file(0, 4, vm::Backing::file_private, Rights::read_write(), 4 * PAGE_SIZE);
    REQUIRE(system.memory->map(space, region).has_value());
    CHECK(writers == 0);
    region = of_file(4, 8, vm::Backing::file_shared, Rights::read(), 4 * PAGE_SIZE);
    region.maximum = Rights::read_execute();
    REQUIRE(system.memory->map(space, region).has_value());
    CHECK(writers == 0);
    region = of_file(8, 12, vm::Backing::file_shared, Rights::read(), 4 * PAGE_SIZE);
    REQUIRE(system.memory->map(space, region).has_value());
    CHECK(writers == 1);
    const vm::SpaceId child = *system.memory->create();
    REQUIRE(system.memory->fork(space, child).has_value());
    CHECK(writers == 2);
    CHECK(
        system.memory->unmap(space, {page_at(9), page_at(10)}).has_value()); // two pieces are left
    CHECK(writers == 3);
    CHECK(system.destroy(space).has_value());
    CHECK(writers == 1);
    CHECK(system.memory->unmap(child, {page_at(8), page_at(12)}).has_value());
    CHECK(writers == 0);
    CHECK(system.destroy(child).has_value());
    CHECK(system.is_empty());
}
