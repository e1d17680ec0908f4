// What the engine takes for a fault: traps, interrupts, fetches, firmware, the limit.
// SPDX-License-Identifier: MIT
//
// attribution_test.cpp goes on with where the instructions of a fault are counted.
#include "stream.hpp"

#include <doctest/doctest.h>

using namespace probe_test;

TEST_CASE("one fault") {
    Stream stream;
    stream.plain(0x10000000, 5);
    walk(stream);
    stream.plain(0x10000000, 100);
    CHECK(stream.road() == plain_road);
    CHECK(stream.totals().crossings == 2);
    CHECK(stream.totals().loads == 1);
    CHECK(stream.engine.fault()->completed);
    CHECK(stream.engine.fault()->address == 0x1234);
    CHECK(stream.engine.fault()->window.faults() == 1);
    // The failed attempt is not counted, its repetition is.
    CHECK(stream.engine.machine().instructions == 5 + 33 + 1 + 100);
    CHECK(stream.engine.machine().page_faults == 1);
}

TEST_CASE("an interrupt leaves no trace in the stages, wherever it falls") {
    // Before each of the fault's steps in turn: in the kernel, between stages, and back in the
    // program.
    for (int place = 0; place < 4; ++place) {
        Stream stream;
        stream.fails();
        stream.plain(vector, 2);
        if (place == 0)
            stream.interrupt();
        stream.stage(Function::receive, 3);
        if (place == 1)
            stream.interrupt();
        stream.stage(Function::dispatch, 2);
        if (place == 2) {
            stream.at(kernel + 0x800, Kind::call);
            stream.at(address_of(Function::resolve));
            stream.interrupt();
            stream.at(address_of(Function::resolve) + 4);
            stream.at(kernel + 0x804);
        } else {
            stream.stage(Function::resolve, 2);
        }
        stream.stage(Function::frame, 2);
        stream.stage(Function::fill, 2);
        stream.stage(Function::install, 2);
        stream.stage(Function::resume, 2);
        stream.at(kernel, Kind::sret);
        if (place == 3)
            stream.interrupt();
        stream.completes();
        CAPTURE(place);
        CHECK(stream.road() == plain_road);
        CHECK(stream.totals().interrupts == 1);
        CHECK(stream.totals().interrupt_instructions == 7);
        CHECK(stream.totals().crossings == 2);
        CHECK(stream.totals().stores == 0);
        CHECK(stream.totals().tlb_flushes == 0);
        CHECK(stream.engine.machine().interrupts == 1);
        CHECK(stream.engine.machine().traps == 2);
    }
}

TEST_CASE("an interrupt alone opens no window") {
    Stream stream(any_fault);
    stream.at(0x10000000);
    stream.interrupt();
    walk(stream);
    CHECK(stream.road() == plain_road);
    CHECK(stream.totals().interrupts == 0);
}

TEST_CASE("firmware in the middle is no crossing") {
    Stream stream;
    stream.fails();
    stream.first_half();
    stream.at(kernel, Kind::ecall);
    stream.plain(firmware, 9);
    stream.second_half();
    stream.completes();
    CHECK(stream.road() == "1:6 2:7 3:2 4:2 5:2 6:8 7:7 ");
    CHECK(stream.totals().crossings == 2);
    CHECK(stream.totals().sbi_calls == 1);
    CHECK(stream.totals().firmware_instructions == 9);
}

TEST_CASE("a fetch fault shows its address only when it is over") {
    Stream stream;
    stream.at(0x10000000); // jumps to fault_pc, which is not there
    stream.first_half();
    stream.second_half();
    stream.at(fault_pc);
    stream.at(fault_pc + 4);
    CHECK(stream.road() == plain_road);
    CHECK(stream.engine.fault()->window.pc() == fault_pc);
    CHECK(stream.engine.fault()->address == fault_pc);
    CHECK(stream.engine.fault()->window.access() == AccessKind::fetch);
}

TEST_CASE("a fetch that was mended is not the first fault, the next load or store is") {
    Stream stream(any_fault);
    stream.at(0x10000000); // on a page that came with the fetch
    stream.first_half();
    stream.second_half();
    stream.at(0x10000500);
    walk(stream);
    CHECK(stream.road() == plain_road);
    CHECK(stream.engine.fault()->window.access() == AccessKind::load);
}

TEST_CASE("a fetch fault elsewhere is not the watched one") {
    Stream stream;
    stream.at(0x10000000);
    stream.first_half();
    stream.second_half();
    stream.at(0x10000500);
    walk(stream);
    CHECK(stream.road() == plain_road);
    CHECK(stream.engine.fault()->window.access() == AccessKind::load);
}

TEST_CASE("a server's fetch fault is not the program's first") {
    Stream stream(any_fault);
    stream.at(kernel, Kind::sret);
    stream.first_half();
    stream.second_half();
    stream.plain(server, 5);
    stream.at(server + 0x40, Kind::ecall);
    stream.plain(vector, 2);
    stream.at(kernel, Kind::sret);
    walk(stream);
    CHECK(stream.road() == plain_road);
}

TEST_CASE("an exception that is no page fault opens no window") {
    Stream stream(any_fault);
    stream.fails(); // say, misaligned
    stream.plain(vector, 2);
    stream.at(kernel, Kind::sret);
    stream.at(0x10000000);
    CHECK(stream.road() == "none");
    CHECK(stream.engine.machine().traps == 1);
    CHECK(stream.engine.machine().page_faults == 0);
}

TEST_CASE("at the limit the instruction under way is dropped") {
    Stream stream;
    stream.plain(0x10000000, 5);
    stream.engine.finish(Engine::UnderWay::dropped);
    CHECK(stream.engine.machine().instructions == 4);
}

TEST_CASE("a machine switched off executes nothing more, until it is reset") {
    Stream stream;
    stream.plain(0x10000000, 5);
    stream.at(kernel, Kind::store, Outcome::fails); // not told of: QEMU 7.2 exits within it
    stream.engine.switched_off();
    stream.plain(kernel + 4, 3);
    walk(stream);
    SUBCASE("off") {
        CHECK(stream.road() == "none");
        CHECK(stream.engine.machine().instructions == 6);
        CHECK(stream.engine.machine().traps == 0);
    }
    SUBCASE("reset") {
        stream.plain(reset_vector, 2);
        walk(stream);
        CHECK(stream.road() == plain_road);
        CHECK(stream.engine.machine().firmware_instructions == 2);
        CHECK(stream.engine.machine().instructions == 6 + 2 + 33 + 1);
    }
}
