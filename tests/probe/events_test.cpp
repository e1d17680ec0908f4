// Windows that are no page faults, and what runs in a window without belonging to it.
// SPDX-License-Identifier: MIT
//
// After attribution_test.cpp. A road here is one row, 17 (handle), or has a row 16 (the program's
// own handler) among the stages.
#include "stream.hpp"

#include <doctest/doctest.h>

using namespace probe_test;

static constexpr std::uint64_t own_context = 0x8000;
static constexpr std::uint64_t other_context = 0x9000;
static constexpr std::uint64_t scheduler = 0xa000;
static constexpr std::uint64_t sleep_call = kernel + 0xa00;
static constexpr std::uint64_t other_program = 0x12000000;

TEST_CASE("a call runs from its ecall to the instruction behind it") {
    Stream stream;
    stream.at(fault_pc, Kind::ecall);
    stream.plain(vector, 10);
    stream.at(kernel, Kind::sret);
    stream.plain(fault_pc + 4, 3);
    CHECK(stream.road() == "17:12 ");
    CHECK(stream.engine.fault()->window.event() == Event::call);
    CHECK(stream.engine.fault()->completed);
    CHECK(stream.totals().crossings == 2);
}

TEST_CASE("a call through the system library holds all that the library does") {
    Stream stream;
    stream.at(fault_pc, Kind::call);
    stream.plain(server, 5);
    stream.at(server + 20, Kind::ecall);
    stream.plain(vector, 2);
    stream.at(kernel, Kind::sret);
    stream.plain(server + 24, 2);
    stream.plain(fault_pc + 4, 3);
    CHECK(stream.road() == "17:12 ");
}

TEST_CASE("a far call is two instructions") {
    Stream stream;
    stream.at(fault_pc, Kind::auipc);
    stream.at(fault_pc + 4, Kind::call);
    stream.plain(server, 5);
    stream.plain(fault_pc + 8, 3);
    CHECK(stream.road() == "17:7 ");
}

TEST_CASE("a page fault within a call starts no stages") {
    Stream stream;
    stream.at(fault_pc, Kind::ecall);
    stream.first_half();
    stream.second_half();
    stream.at(fault_pc + 4);
    CHECK(stream.road() == "17:33 ");
    CHECK(stream.engine.fault()->window.faults() == 0);
}

TEST_CASE("a timer within a call is no part of it") {
    Stream stream;
    stream.at(fault_pc, Kind::call);
    stream.plain(server, 2);
    stream.interrupt();
    stream.plain(server + 8, 2);
    stream.at(fault_pc + 4);
    CHECK(stream.road() == "17:5 ");
    CHECK(stream.totals().interrupts == 1);
    CHECK(stream.totals().interrupt_instructions == 7);
}

static void illegal(Stream& stream) {
    stream.at(fault_pc);
    stream.plain(vector, 4);
    stream.at(kernel, Kind::call);
    stream.at(exception);
    stream.at(kernel + 4, Kind::sret);
    stream.plain(server, 3); // the library, which calls the handler
}

TEST_CASE("an exception runs to the first instruction of the program's handler") {
    Stream stream;
    illegal(stream);
    stream.plain(0x10000200, 5);
    CHECK(stream.road() == "17:10 ");
    CHECK(stream.engine.fault()->window.event() == Event::exception);
    CHECK(stream.engine.fault()->window.pc() == fault_pc);
    CHECK(stream.totals().crossings == 2);
}

TEST_CASE("an exception runs to where the program resumes, if it says where") {
    Stream stream(Watch{.pc = fault_pc, .program = {}, .resumed = fault_pc + 8});
    illegal(stream);
    stream.plain(0x10000200, 5);
    stream.at(server + 0x100, Kind::ecall);
    stream.plain(vector, 4);
    stream.at(kernel, Kind::sret);
    stream.plain(fault_pc + 8, 3);
    CHECK(stream.road() == "17:21 ");
    CHECK(stream.totals().crossings == 4);
}

TEST_CASE("an exception without an upcall of its own shows by the way back") {
    Stream stream;
    stream.at(fault_pc, Kind::csr);
    stream.plain(vector, 4);
    stream.at(kernel, Kind::sret);
    stream.at(0x10000200);
    CHECK(stream.road() == "17:5 ");
}

TEST_CASE("a program that is ended for an exception leaves a window that is not completed") {
    Stream stream;
    illegal(stream);
    CHECK(stream.road() == "17:10 ");
    CHECK_FALSE(stream.engine.fault()->completed);
}

TEST_CASE("the timer at a label that traps not is no exception") {
    Stream stream;
    stream.at(fault_pc);
    stream.interrupt();
    stream.plain(fault_pc + 4, 3);
    CHECK(stream.road() == "none");
}

TEST_CASE("the program's own handler is a row") {
    Stream stream;
    stream.fails();
    stream.first_half();
    stream.stage(Function::resolve, 2);
    stream.at(kernel, Kind::sret);
    stream.plain(server, 2);
    stream.plain(0x10000200, 5);
    stream.at(0x10000214, Kind::ecall); // mends it
    stream.plain(vector, 4);
    stream.at(kernel, Kind::sret);
    stream.completes();
    // The gap, the way up, 6 of its own, the call, the load.
    CHECK(stream.road() == "1:6 2:6 3:2 16:16 ");
}

TEST_CASE("the end of a thread without a kernel stack ends its window") {
    Stream stream;
    stream.fails();
    stream.first_half();
    stream.stage(Function::resolve, 2);
    stream.at(kernel, Kind::sret);
    stream.plain(server, 2);
    stream.at(server + 8, Kind::ecall);
    stream.plain(vector, 4);
    stream.at(ending);
    stream.at(kernel, Kind::sret);
    stream.plain(other_program, 20);
    CHECK_FALSE(stream.engine.fault()->completed);
    CHECK(stream.totals().crossings == 3);
}

// Within fault_fill the thread sleeps; the scheduler idles, then a device interrupt wakes it.
static void wait_for_disk(Stream& stream, int idle) {
    stream.switch_context(sleep_call, own_context, scheduler);
    stream.at(kernel + 0xc04);
    stream.at(kernel + 0xc08, Kind::call);
    stream.plain(idling, idle);
    stream.at(kernel + 0xc0c, Kind::call);
    stream.plain(device, 3);
    stream.at(kernel + 0xc10);
    stream.switch_context(kernel + 0xc00, scheduler, own_context);
    stream.at(sleep_call + 4);
}

TEST_CASE("idle time, interrupts and other threads are told apart, and belong to no stage") {
    for (const int idle : {1, 50}) {
        Stream stream;
        stream.fails();
        stream.first_half();
        stream.at(kernel + 0x800, Kind::call);
        stream.plain(address_of(Function::fill), 2);
        wait_for_disk(stream, idle);
        stream.at(kernel + 0x804);
        stream.stage(Function::install, 2);
        stream.at(kernel, Kind::sret);
        stream.completes();
        CHECK(stream.road() == "1:6 2:4 5:7 6:6 7:3 ");
        CHECK(stream.totals().idle_instructions == static_cast<std::uint64_t>(idle));
        CHECK(stream.totals().interrupts == 1);
        CHECK(stream.totals().interrupt_instructions == 3);
        CHECK(stream.totals().other_instructions == 3 + 1 + 4);
    }
}

// Before instruction N of switch_context (0: the first; 3: the one behind it) an interrupt comes.
static void switch_with_interrupt(Stream& stream, int n, std::uint64_t from, std::uint64_t to) {
    const auto interrupt_at = [&](int place) {
        if (place != n)
            return;
        stream.plain(vector, 2);
        stream.at(kernel + 0x900, Kind::call);
        stream.plain(timer, 2);
        stream.at(kernel + 0x904, Kind::sret);
    };
    stream.at(kernel + 0xc00, Kind::call);
    interrupt_at(0);
    stream.at(switching, Kind::store, Outcome::fails);
    stream.engine.accessed(from, 8, true);
    interrupt_at(1);
    stream.at(switching + 4, Kind::load, Outcome::fails);
    stream.engine.accessed(to, 8, false);
    interrupt_at(2);
    stream.at(switching + 8);
    interrupt_at(3);
}

TEST_CASE("a thread comes back by a switch that an interrupt came into") {
    for (const int place : {0, 1, 2, 3}) {
        CAPTURE(place);
        Stream stream;
        stream.fails();
        stream.first_half();
        stream.switch_context(sleep_call, own_context, scheduler);
        stream.plain(kernel + 0xb00, 9);
        switch_with_interrupt(stream, place, scheduler, own_context);
        stream.at(sleep_call + 4);
        stream.second_half();
        stream.completes();
        REQUIRE(stream.engine.fault());
        CHECK(stream.engine.fault()->completed);
        CHECK(stream.road() == "1:6 2:11 3:2 4:2 5:2 6:8 7:7 ");
    }
}

TEST_CASE("a kernel that polls in the thread itself shows the same rows") {
    Stream stream;
    stream.fails();
    stream.first_half();
    stream.at(kernel + 0x800, Kind::call);
    stream.at(address_of(Function::fill));
    stream.at(kernel + 0xc08, Kind::call);
    stream.plain(idling, 20);
    stream.at(kernel + 0xc0c, Kind::call);
    stream.plain(polled, 3);
    stream.at(kernel + 0xc10);
    stream.at(kernel + 0x804);
    stream.stage(Function::install, 2);
    stream.at(kernel, Kind::sret);
    stream.completes();
    CHECK(stream.road() == "1:6 2:4 5:4 6:6 7:3 ");
    CHECK(stream.totals().idle_instructions == 20);
    CHECK(stream.totals().interrupt_instructions == 3);
    CHECK(stream.totals().other_instructions == 0);
}

TEST_CASE("the instruction in a copy of the program does not end the window") {
    Stream stream;
    stream.fails();
    stream.first_half();
    stream.switch_context(sleep_call, own_context, other_context);
    stream.at(kernel + 0xb04, Kind::sret);
    stream.completes();
    stream.at(fault_pc + 8, Kind::ecall);
    stream.plain(vector, 5);
    stream.switch_context(kernel + 0xb00, other_context, own_context);
    stream.at(sleep_call + 4);
    stream.second_half();
    stream.completes();
    CHECK(stream.road() == "1:6 2:11 3:2 4:2 5:2 6:8 7:7 ");
}

TEST_CASE("a thread whose place another takes has ended") {
    Stream stream;
    stream.fails();
    stream.first_half();
    stream.switch_context(sleep_call, own_context, scheduler);
    stream.plain(kernel + 0xc04, 9);
    stream.switch_context(kernel + 0xc00, scheduler, own_context);
    stream.at(kernel + 0xe00); // where a new thread begins
    stream.at(kernel + 0xe04, Kind::sret);
    stream.completes();
    CHECK(stream.road() == "1:6 2:9 ");
    CHECK_FALSE(stream.engine.fault()->completed);
    CHECK(stream.totals().other_instructions == 9 + 4);
}
