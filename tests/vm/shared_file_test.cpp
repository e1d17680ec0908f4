// Shared mappings: who sees a store, what reaches the file, and who holds it for writing.
// SPDX-License-Identifier: MIT
#include "tests/vm/files.hpp"

#include <doctest/doctest.h>

#include <cstring>

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

TEST_CASE("vm: readers see the file again at once when what its writer left cannot be stored") {
    System system({});
    const vm::SpaceId writer = *system.memory->create();
    const vm::SpaceId reader = *system.memory->create();
    system.machine.files[FILE_A.raw()] = contents(PAGE_SIZE);
    vm::Region shared = of_file(0, 1, vm::Backing::file_shared, Rights::read_write(), PAGE_SIZE);
    REQUIRE(system.memory->map(writer, shared).has_value());
    shared.rights = shared.maximum = Rights::read();
    REQUIRE(system.memory->map(reader, shared).has_value());
    const std::uint64_t before = *system.load(reader, page_at(0));
    REQUIRE(system.store(writer, page_at(0), 1001).has_value());
    CHECK(*system.load(reader, page_at(0)) == 1001);
    system.machine.transfers_until_failure = 0;
    system.machine.failures = 1;
    CHECK(system.memory->unmap(writer, {page_at(0), page_at(1)}).error() == Error::input_output);
    CHECK(*system.load(reader, page_at(0)) == before);
    CHECK(system.destroy(reader).has_value());
    CHECK(system.destroy(writer).has_value());
    CHECK(system.is_empty());
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
