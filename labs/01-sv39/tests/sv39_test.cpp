// Your page-table code on the host, where a test is quickly written. For learning: no points.
// SPDX-License-Identifier: MIT
//
//     cmake --build --preset default --target lab-01-tests && build/default/labs/lab-01-tests
//
// Tables are an array here; frame n is the n-th of it. Add what you want to know.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "arch/riscv/sv39.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

void panic(std::string_view why) { throw std::runtime_error(std::string(why)); }

namespace {

using sv39::Pte;
using sv39::PteFlags;

struct HostTables {
    explicit HostTables(std::size_t capacity) : tables(capacity) {}
    sv39::Table& table(Frame frame) { return tables.at(frame.number()); }
    Result<Frame> new_table() {
        if (used == tables.size())
            return std::unexpected(Error::no_memory);
        return Frame(used++);
    }
    std::vector<sv39::Table> tables;
    std::size_t used = 0;
};

} // namespace

TEST_CASE("task 1: what leaf() makes, frame() and flags() find again") {
    for (unsigned bit = 0; bit < 44; ++bit) {
        const Frame frame(1ULL << bit);
        const PteFlags flags = PteFlags::user(Rights::read_write());
        const Pte entry = Pte::leaf(frame, flags);
        CHECK(entry.frame() == frame);
        CHECK(entry.flags() == flags);
        CHECK(entry.is_valid());
        CHECK(entry.is_leaf());
        CHECK(!entry.is_table());
    }
}

TEST_CASE("task 1: an entry for a table is no leaf") {
    const Pte entry = Pte::table(Frame(7));
    CHECK(entry.is_table());
    CHECK(!entry.is_leaf());
    CHECK(entry.frame() == Frame(7));
}

TEST_CASE("task 2: a page's number is three indices") {
    const Page page((3ULL * 512 + 2) * 512 + 1);
    CHECK(sv39::index_at(page, 2) == 3);
    CHECK(sv39::index_at(page, 1) == 2);
    CHECK(sv39::index_at(page, 0) == 1);
}

TEST_CASE("task 2: where no table is, there is no entry") {
    HostTables memory(4);
    const Frame root = *memory.new_table();
    CHECK(sv39::find_entry(memory, root, Page(5)) == nullptr);
}

TEST_CASE("task 3: tables are made on the way, once") {
    HostTables memory(8);
    const Frame root = *memory.new_table();
    const PteFlags flags = PteFlags::user(Rights::read());
    REQUIRE(sv39::map(memory, root, Page(0x10000), Frame(77), flags).has_value());
    CHECK(memory.used == 3);
    REQUIRE(sv39::map(memory, root, Page(0x10001), Frame(78), flags).has_value());
    CHECK(memory.used == 3);
    const Pte* const entry = sv39::find_entry(memory, root, Page(0x10001));
    REQUIRE(entry != nullptr);
    CHECK(entry->frame() == Frame(78));
}

TEST_CASE("task 4: what was unmapped is not there any more") {
    HostTables memory(8);
    const Frame root = *memory.new_table();
    REQUIRE(sv39::map(memory, root, Page(9), Frame(77), PteFlags::user(Rights::read())));
    const Result<Frame> frame = sv39::unmap(memory, root, Page(9));
    REQUIRE(frame.has_value());
    CHECK(*frame == Frame(77));
    CHECK(sv39::unmap(memory, root, Page(9)).error() == Error::not_mapped);
}

TEST_CASE("task 5: rights without encoding") {
    CHECK(sv39::has_encoding(Rights::read()));
    CHECK(!sv39::has_encoding(Rights::none()));
}
