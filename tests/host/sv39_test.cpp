// Sv39 on the host: entries round-trip, and the table code agrees with a model.
// SPDX-License-Identifier: MIT
#include "arch/riscv/sv39.hpp"
#include "arch/riscv/sv39_walk.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <vector>

namespace {

// Tables in an array; frame n is the n-th.
struct HostTables {
    explicit HostTables(std::size_t capacity) : tables(capacity) {}
    sv39::Table& table(Frame frame) { return tables.at(frame.number()); }
    Result<Frame> new_table() {
        if (used == tables.size())
            return std::unexpected(Error::no_memory);
        tables[used] = {};
        return Frame(used++);
    }
    std::vector<sv39::Table> tables;
    std::size_t used = 0;
};

constexpr sv39::PteFlags USER_RW = sv39::PteFlags::user(Rights::read_write());

} // namespace

TEST_CASE("sv39: every frame number and set of rights survives an entry") {
    for (std::uint64_t raw = 1; raw < 8; ++raw)
        for (unsigned bit = 0; bit < 44; ++bit) {
            const Frame frame(1ULL << bit);
            const sv39::PteFlags flags = sv39::PteFlags::user(Rights::from_raw(raw));
            const sv39::Pte entry = sv39::Pte::leaf(frame, flags);
            CHECK(entry.frame() == frame);
            CHECK(entry.flags() == flags);
            CHECK(entry.is_leaf());
            CHECK(!entry.is_table());
            CHECK(sv39::Pte::from_raw(entry.raw()) == entry);
        }
}

TEST_CASE("sv39: the bits stand where the manual puts them") {
    // Privileged Architecture, figure "Sv39 page table entry": V R W X U G A D = bits 0..7, PPN
    // from bit 10.
    CHECK(sv39::Pte::leaf(Frame(1), sv39::PteFlags::user(Rights::read())).raw() == 0x4d3);
    CHECK(sv39::Pte::leaf(Frame(1), sv39::PteFlags::kernel(Rights::read_execute())).raw() == 0x4eb);
    CHECK(sv39::Pte::table(Frame(1)).raw() == 0x401);
    CHECK(sv39::satp_value(Frame(0x80200), sv39::Asid(3)) == 0x8000300000080200);
}

TEST_CASE("sv39: tables are made on the way, once") {
    HostTables memory(8);
    const Frame root = *memory.new_table();
    REQUIRE(sv39::map(memory, root, Page(0x10000), Frame(77), USER_RW).has_value());
    CHECK(memory.used == 3);
    REQUIRE(sv39::map(memory, root, Page(0x10001), Frame(78), USER_RW).has_value());
    CHECK(memory.used == 3);
    CHECK(sv39::map(memory, root, Page(0x10001), Frame(79), USER_RW).error() ==
          Error::already_mapped);
    CHECK(sv39::translate_user(memory, root, Page(0x10001))->frame() == Frame(78));
}

TEST_CASE("sv39: running out of tables changes no translation") {
    HostTables memory(2);
    const Frame root = *memory.new_table();
    CHECK(sv39::map(memory, root, Page(0), Frame(1), USER_RW).error() == Error::no_memory);
    CHECK(sv39::find_entry(memory, root, Page(0)) == nullptr);
}

TEST_CASE("sv39: a large leaf on the way is not taken for a table") {
    HostTables memory(4);
    const Frame root = *memory.new_table();
    memory.table(root).entries[0] = sv39::Pte::leaf(Frame(0), USER_RW);
    CHECK(sv39::find_entry(memory, root, Page(5)) == nullptr);
    CHECK(sv39::map(memory, root, Page(5), Frame(1), USER_RW).error() == Error::already_mapped);
}

TEST_CASE("sv39: a kernel page is nothing to a program") {
    HostTables memory(4);
    const Frame root = *memory.new_table();
    REQUIRE(sv39::map(memory, root, Page(9), Frame(1), sv39::PteFlags::kernel(Rights::read()))
                .has_value());
    CHECK(sv39::translate_user(memory, root, Page(9)).error() == Error::not_mapped);
}

TEST_CASE("sv39: random map, unmap and protect agree with a model") {
    HostTables memory(400);
    const Frame root = *memory.new_table();
    std::map<std::uint64_t, sv39::Pte> model;
    std::mt19937_64 random(39);
    for (int step = 0; step < 100000; ++step) {
        // Few enough pages to meet again, spread over all three levels.
        const Page page((random() % 4) << 18 | (random() % 4) << 9 | random() % 8);
        const Frame frame(random() & ((1ULL << 44) - 1));
        const auto flags = sv39::PteFlags::user(Rights::from_raw(random() % 7 + 1));
        const bool there = model.contains(page.number());
        switch (random() % 3) {
        case 0:
            CHECK(sv39::map(memory, root, page, frame, flags).has_value() == !there);
            if (!there)
                model[page.number()] = sv39::Pte::leaf(frame, flags);
            break;
        case 1:
            CHECK(sv39::unmap(memory, root, page).has_value() == there);
            model.erase(page.number());
            break;
        default:
            CHECK(sv39::protect(memory, root, page, flags).has_value() == there);
            if (there)
                model[page.number()] = sv39::Pte::leaf(model[page.number()].frame(), flags);
        }
        const auto entry = sv39::translate_user(memory, root, page);
        REQUIRE(entry.has_value() == model.contains(page.number()));
        if (entry)
            REQUIRE(*entry == model[page.number()]);
    }
}

TEST_CASE("sv39: every page of a program is visited, in order, and every table comes back once") {
    HostTables memory(400);
    const Frame root = *memory.new_table();
    // The kernel's half is no business of these.
    memory.table(root).entries[256] = sv39::Pte::leaf(Frame(0), USER_RW);
    std::mt19937_64 random(2);
    std::map<std::uint64_t, Frame> model;
    for (int i = 0; i < 150; ++i) {
        const Page page(random() % (1ULL << 26));
        if (sv39::map(memory, root, page, Frame(i + 1000), USER_RW))
            model.emplace(page.number(), Frame(i + 1000));
    }
    auto expected = model.begin();
    sv39::for_each_page(memory, root, [&](Page page, sv39::Pte& entry) {
        REQUIRE(expected != model.end());
        CHECK(page.number() == expected->first);
        CHECK(entry.frame() == expected->second);
        ++expected;
        entry = sv39::Pte();
    });
    CHECK(expected == model.end());
    std::map<Frame, int> given;
    sv39::release_tables(memory, root, [&](Frame table) {
        ++given[table];
        CHECK(memory.table(table).entries == sv39::Table{}.entries);
    });
    CHECK(given.size() == memory.used - 1);
    CHECK(!given.contains(root));
    CHECK(memory.table(root).entries[256].is_valid());
}

TEST_CASE("sv39: flags change one thing at a time") {
    const auto flags = sv39::PteFlags::unwritten(Rights::read_write());
    CHECK(flags.accessed());
    CHECK(!flags.dirty());
    CHECK(flags.after(Access::load) == flags);
    CHECK(flags.after(Access::store) == USER_RW);
    CHECK(!USER_RW.not_accessed().accessed());
    CHECK(USER_RW.not_accessed().dirty());
    CHECK(USER_RW.with(Rights::read()) == sv39::PteFlags::user(Rights::read()));
    CHECK(!sv39::has_encoding(Rights::none()));
    CHECK(!sv39::has_encoding(Rights::from_raw(2)));
    CHECK(!sv39::has_encoding(Rights::from_raw(6)));
    CHECK(sv39::has_encoding(Rights::from_raw(4)));
}
