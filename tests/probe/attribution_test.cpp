// Where a fault's instructions are counted: repeated faults, other faults, calls, totals.
// SPDX-License-Identifier: MIT
//
// After engine_test.cpp, which shows what counts as a fault at all.
#include "result.hpp"
#include "stream.hpp"

#include <doctest/doctest.h>

using namespace probe_test;

TEST_CASE("a fault that comes again") {
    Stream stream;
    stream.fails();
    stream.first_half();
    stream.second_half();
    walk(stream);
    CHECK(stream.road() == "1:6 2:6 3:2 4:2 5:2 6:8 7:6 " + std::string(plain_road));
    CHECK(stream.engine.fault()->window.faults() == 2);
    CHECK(stream.totals().crossings == 4);
}

TEST_CASE("a server's fault belongs to the stage in which it happens") {
    Stream stream;
    stream.fails();
    stream.first_half();
    stream.at(kernel, Kind::sret);
    stream.at(server, Kind::call);
    stream.at(server_resolve);
    stream.at(server_resolve + 4, Kind::store, Outcome::fails);
    stream.first_half();  // 11 + 1
    stream.second_half(); // 5 * 4 + 1
    stream.at(server_resolve + 4, Kind::store);
    stream.at(server_resolve + 8);
    stream.at(server + 4);
    stream.stage(Function::install, 2);
    stream.at(kernel, Kind::sret);
    stream.completes();
    CHECK(stream.road() == "1:6 2:7 3:35 6:4 7:3 ");
    CHECK(stream.engine.fault()->window.faults() == 1);
    CHECK(stream.engine.machine().page_faults == 2);
}

TEST_CASE("a kernel's fault within its own stage, by the same calls, does not end that stage") {
    Stream stream;
    stream.fails();
    stream.first_half();
    stream.at(kernel + 0x800, Kind::call);
    stream.at(address_of(Function::frame));
    stream.at(address_of(Function::frame) + 4, Kind::store, Outcome::fails);
    stream.first_half();  // 11
    stream.second_half(); // 21; its calls return to kernel + 0x804, as the outer one will
    stream.at(address_of(Function::frame) + 4, Kind::store);
    stream.at(address_of(Function::frame) + 8);
    stream.at(kernel + 0x804);
    stream.stage(Function::install, 2);
    stream.at(kernel, Kind::sret);
    stream.completes();
    CHECK(stream.road() == "1:6 2:4 4:35 6:6 7:3 ");
}

TEST_CASE("a dispatch that never returns ends where resolve begins") {
    Stream stream;
    stream.fails();
    stream.plain(vector, 2);
    stream.stage(Function::receive, 3);
    stream.at(kernel + 0x700, Kind::call);
    stream.plain(address_of(Function::dispatch), 5);
    stream.second_half();
    stream.completes();
    CHECK(stream.road() == "1:6 2:8 3:2 4:2 5:2 6:8 7:7 ");
}

TEST_CASE("calls within a stage belong to it") {
    Stream stream;
    stream.fails();
    stream.first_half();
    stream.at(kernel + 0x800, Kind::call);
    stream.at(address_of(Function::resolve), Kind::call);
    stream.plain(kernel + 0x100, 4);
    stream.at(address_of(Function::resolve) + 4);
    stream.at(kernel + 0x804);
    stream.stage(Function::install, 2);
    stream.at(kernel, Kind::sret);
    stream.completes();
    CHECK(stream.road() == "1:6 2:6 3:6 6:4 7:3 ");
}

// The kernel looks at a record, and writes satp.
static void go_on_in(Stream& stream, std::uint64_t environment) {
    stream.at(kernel, Kind::load, Outcome::fails);
    stream.engine.accessed(environments + 32 * (environment - 1) + 8, 8, false);
    stream.at(kernel + 4, Kind::load);
    stream.at(kernel + 8, Kind::satp_write);
    stream.at(kernel + 12, Kind::sret);
}

TEST_CASE("environments are told apart by whose record was looked at before satp was written") {
    Stream stream;
    go_on_in(stream, 3);
    stream.fails();
    stream.first_half();
    stream.at(kernel, Kind::sret);
    stream.plain(server, 5); // their library
    stream.at(server + 20, Kind::ecall);
    stream.plain(vector, 2);
    go_on_in(stream, 7);
    stream.plain(server, 4);
    stream.at(server + 16, Kind::ecall);
    stream.plain(vector, 2);
    go_on_in(stream, 3);
    stream.second_half();
    stream.completes();
    REQUIRE(stream.engine.fault());
    std::uint64_t kernels = 0, thirds = 0, sevenths = 0, others = 0;
    for (const auto& entry : stream.engine.fault()->window.ledger().entries())
        for (const auto& [owner, count] : entry.counts)
            (owner.domain == 0        ? kernels
             : owner.environment == 3 ? thirds
             : owner.environment == 7 ? sevenths
                                      : others) += count;
    CHECK(thirds == 5 + 1 + 1); // and the watched instruction itself
    CHECK(sevenths == 4 + 1);
    CHECK(others == 0);
    CHECK(stream.totals().address_space_switches == 2);
    const auto json = to_json(stream.engine, {.end = End::exit}, {"kernel", "program", "pager"});
    CHECK(json.find("\"pager, environment 3\": 6") != std::string::npos);
    CHECK(json.find("\"pager, environment 7\": 5") != std::string::npos);
    CHECK(json.find("\"kernel\"") != std::string::npos);
}

TEST_CASE("of one environment the domain alone is named") {
    Stream stream;
    go_on_in(stream, 3);
    stream.fails();
    stream.first_half();
    stream.second_half();
    stream.completes();
    const auto json = to_json(stream.engine, {.end = End::exit}, {"kernel", "program", "pager"});
    CHECK(json.find("\"program\"") != std::string::npos);
    CHECK(json.find("environment") == std::string::npos);
}

TEST_CASE("switches, flushes and copied bytes") {
    Stream stream;
    stream.fails();
    stream.first_half();
    stream.at(kernel, Kind::satp_write);
    stream.at(kernel + 4, Kind::sfence_vma);
    stream.at(kernel + 8, Kind::atomic);
    stream.at(kernel + 12, Kind::store_conditional);
    stream.at(kernel + 16, Kind::call);
    stream.at(copy, Kind::store, Outcome::done, true); // a spill
    stream.at(copy + 4, Kind::store);
    stream.at(copy + 8, Kind::store);
    stream.at(kernel + 20, Kind::store);
    stream.second_half();
    stream.completes();
    REQUIRE(stream.road() != "none");
    CHECK(stream.totals().address_space_switches == 1);
    CHECK(stream.totals().tlb_flushes == 1);
    CHECK(stream.totals().bytes_copied == 16);
    CHECK(stream.totals().loads == 2);
    CHECK(stream.totals().stores == 6);
}

TEST_CASE("the program ends instead") {
    Stream stream;
    stream.fails();
    stream.first_half();
    stream.stage(Function::resolve, 2);
    stream.plain(kernel, 10);
    CHECK(stream.road() == "1:6 2:17 3:2 ");
    CHECK_FALSE(stream.engine.fault()->completed);
    CHECK_FALSE(stream.engine.fault()->address);
    CHECK(stream.engine.fault()->window.pc() == fault_pc);
}
