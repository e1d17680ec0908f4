// The exokernel's book of the disk: who owns which blocks.
// SPDX-License-Identifier: MIT
#include "kernels/exo/extents.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <utility>

namespace {

constexpr EnvironmentId FIRST(1);
constexpr EnvironmentId SECOND(2);
constexpr std::uint64_t BLOCKS = 1000;

using Numbers = std::initializer_list<std::uint64_t>;

struct Disk {
    ExtentTable extents;
    Disk() { extents.adopt(BLOCKS); }
    Extent& take(std::uint64_t first, std::uint64_t count, EnvironmentId owner = FIRST) {
        const auto number = extents.take(first, count, owner);
        REQUIRE(number.has_value());
        return extents.at(*number);
    }
    // What taking so many from FIRST on is refused with.
    Error refusal(std::uint64_t first, std::uint64_t count) {
        const auto number = extents.take(first, count, SECOND);
        REQUIRE_FALSE(number.has_value());
        return number.error();
    }
};

} // namespace

TEST_CASE("extent table: blocks are somebody's once") {
    Disk disk;
    disk.take(100, 50);
    constexpr std::pair<std::uint64_t, std::uint64_t> OVERLAPPING[]{
        {100, 50}, {100, 1}, {149, 1}, {120, 5}, {99, 2}, {149, 2}, {0, 101}, {90, 100}, {0, 1000}};
    for (const auto& [first, count] : OVERLAPPING)
        CHECK(disk.refusal(first, count) == Error::not_permitted);
    disk.take(99, 1, SECOND);
    disk.take(150, 850, SECOND);
    disk.take(0, 99);
    CHECK(disk.refusal(0, BLOCKS) == Error::not_permitted);
}

TEST_CASE("extent table: a disk has the blocks that it has") {
    Disk disk;
    for (const std::uint64_t first : Numbers{BLOCKS, BLOCKS + 1, 1ULL << 63, ~0ULL})
        CHECK(disk.refusal(first, 1) == Error::bad_address);
    for (const std::uint64_t count : Numbers{0, BLOCKS, 1ULL << 63, ~0ULL})
        CHECK(disk.refusal(1, count) == Error::bad_address);
    ExtentTable none; // no disk
    CHECK(none.take(0, 1, FIRST).error() == Error::bad_address);
}

TEST_CASE("extent table: only the present life's epoch is good") {
    Disk disk;
    const std::uint64_t number = *disk.extents.take(10, 10, FIRST);
    CHECK(disk.extents.live(number, Epoch(0)).has_value());
    CHECK(disk.extents.live(number, Epoch(1)).error() == Error::not_permitted);
    CHECK(disk.extents.live(number + 1, Epoch(0)).error() == Error::not_permitted);
    for (const std::uint64_t none : Numbers{ExtentTable::EXTENTS, 1ULL << 31, ~0ULL})
        CHECK(disk.extents.live(none, Epoch(0)).error() == Error::not_permitted);
    disk.extents.give_back(disk.extents.at(number));
    for (const std::uint64_t epoch : Numbers{0, 1})
        CHECK(disk.extents.live(number, Epoch(epoch)).error() == Error::not_permitted);
    CHECK(disk.extents.take(500, 1, SECOND) == number);
    CHECK(disk.extents.live(number, Epoch(0)).error() == Error::not_permitted);
    CHECK(disk.extents.live(number, Epoch(1)).has_value());
    disk.take(10, 10); // its blocks were free
}

TEST_CASE("extent table: it is free when the last binding ends") {
    Disk disk;
    Extent& extent = disk.take(10, 10);
    extent.bindings = 2;
    disk.extents.end_binding(extent);
    CHECK(extent.blocks == 10);
    CHECK(disk.refusal(10, 1) == Error::not_permitted);
    disk.extents.end_binding(extent);
    CHECK(extent.blocks == 0);
    CHECK(extent.bindings == 0);
    CHECK(extent.epoch == Epoch(1));
    disk.take(10, 10, SECOND);
}

TEST_CASE("extent table: what nobody binds goes with who took it, and nothing else") {
    Disk disk;
    disk.take(0, 10);
    disk.take(10, 10).bindings = 1; // that FIRST has handed on
    disk.take(20, 10, SECOND);
    disk.extents.give_back_unbound(FIRST);
    disk.take(0, 10, SECOND);
    CHECK(disk.refusal(10, 1) == Error::not_permitted);
    CHECK(disk.refusal(20, 1) == Error::not_permitted);
    disk.extents.give_back_unbound(EnvironmentId(3));
    CHECK(disk.refusal(0, 1) == Error::not_permitted);
}

TEST_CASE("extent table: there are only so many") {
    Disk disk;
    for (std::uint64_t i = 0; i < ExtentTable::EXTENTS; ++i)
        disk.take(i, 1);
    CHECK(disk.refusal(999, 1) == Error::too_many);
    CHECK(disk.refusal(0, 1) == Error::not_permitted);
    disk.extents.give_back(disk.extents.at(7));
    disk.take(999, 1);
}

TEST_CASE("extent table: a place whose epochs are used up is not taken again") {
    Disk disk;
    const std::uint64_t number = *disk.extents.take(10, 10, FIRST);
    disk.extents.at(number).epoch = Epoch(Epoch::COUNT - 2);
    disk.extents.give_back(disk.extents.at(number));
    CHECK(disk.extents.at(number).epoch.is_last());
    CHECK(*disk.extents.take(10, 10, SECOND) != number);
    CHECK_FALSE(disk.extents.live(number, Epoch(Epoch::COUNT - 1)));
}
