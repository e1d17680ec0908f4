// Windows that are interrupts: which one is watched, and who works on it before a program goes on.
// SPDX-License-Identifier: MIT
//
// After events_test.cpp. A road here is one row, 17 (handle).
#include "stream.hpp"

#include <doctest/doctest.h>

using namespace probe_test;

static constexpr std::uint64_t own_context = 0x8000;
static constexpr std::uint64_t other_context = 0x9000;
static constexpr std::uint64_t sleep_call = kernel + 0xa00;
static constexpr std::uint64_t other_program = 0x12000000;

static void device_interrupt(Stream& stream) {
    stream.plain(vector, 2);
    stream.at(kernel + 0x900, Kind::call);
    stream.at(device);
    stream.at(kernel + 0x904, Kind::sret);
}

TEST_CASE("the first device interrupt between the labels, until the program goes on") {
    Stream stream(Watch{.pc = fault_pc, .program = {}, .end = fault_pc + 8});
    stream.plain(0x10000000, 3);
    device_interrupt(stream); // elsewhere
    stream.at(0x1000000c);
    stream.plain(fault_pc, 2);
    stream.interrupt(); // the timer
    stream.plain(fault_pc, 2);
    device_interrupt(stream);
    stream.plain(fault_pc, 9);
    CHECK(stream.road() == "17:5 ");
    CHECK(stream.engine.fault()->window.event() == Event::interrupt);
    CHECK(stream.totals().interrupts == 0);
}

TEST_CASE("an interrupt that comes before anything there has executed") {
    Stream stream(Watch{.pc = fault_pc, .program = {}, .end = fault_pc + 8});
    stream.at(other_program, Kind::ecall);
    stream.plain(vector, 5);
    stream.at(kernel, Kind::sret); // to the program, as its next instruction shows
    device_interrupt(stream);
    stream.plain(fault_pc, 2);
    CHECK(stream.road() == "17:5 ");
}

TEST_CASE("an interrupt that a driver in user mode serves before the program goes on") {
    Stream stream(Watch{.pc = fault_pc, .program = {}, .end = fault_pc + 8});
    stream.plain(0x10000000, 3);
    device_interrupt(stream); // elsewhere
    stream.plain(server, 4);
    stream.at(server + 16, Kind::ecall);
    stream.plain(vector, 2);
    stream.at(kernel, Kind::sret);
    stream.plain(fault_pc, 2);
    device_interrupt(stream);
    stream.plain(server, 4);
    stream.at(server + 16, Kind::ecall);
    stream.plain(vector, 2);
    stream.at(kernel, Kind::sret);
    stream.plain(0x10000200, 2); // whom it woke
    CHECK(stream.road() == "17:13 ");
    CHECK(stream.totals().crossings == 4);
}

TEST_CASE("another thread that the interrupt woke is no part of it") {
    Stream stream(Watch{.pc = fault_pc, .program = {}, .end = fault_pc + 8});
    stream.plain(fault_pc, 2);
    stream.plain(vector, 2);
    stream.at(kernel + 0x900, Kind::call);
    stream.at(device);
    stream.switch_context(sleep_call, own_context, other_context);
    stream.at(kernel + 0xb04, Kind::sret);
    stream.plain(other_program, 20);
    stream.at(other_program + 80, Kind::ecall);
    stream.plain(vector, 5);
    stream.switch_context(kernel + 0xb00, other_context, own_context);
    stream.at(sleep_call + 4);
    stream.at(kernel, Kind::sret);
    stream.plain(fault_pc, 3);
    CHECK(stream.road() == "17:10 "); // 2 + 2, 4 of the switch, 2
    CHECK(stream.totals().other_instructions == 1 + 20 + 1 + 5 + 4);
}

TEST_CASE("an interrupt right at a return to user mode, by where that thread's registers go") {
    constexpr std::uint64_t own_place = 0x6000;
    constexpr std::uint64_t other_place = 0x7000;
    for (const std::uint64_t place : {own_place, other_place}) {
        Stream stream(Watch{.pc = fault_pc, .program = {}, .end = fault_pc + 8});
        const auto saves = [&](std::uint64_t where) {
            stream.at(vector, Kind::store, Outcome::fails);
            stream.engine.accessed(where, 8, true);
        };
        stream.plain(fault_pc, 2);
        saves(own_place); // the timer, in between the labels
        stream.at(kernel, Kind::sret);
        stream.plain(server, 2); // somebody else's turn
        stream.at(server + 8, Kind::ecall);
        saves(other_place);
        stream.at(kernel, Kind::sret); // to whom nothing shows: a device interrupts at once
        saves(place);
        stream.at(kernel + 0x900, Kind::call);
        stream.at(device);
        stream.at(kernel + 0x904, Kind::sret);
        stream.plain(server, 4);
        stream.at(server + 16, Kind::ecall);
        saves(other_place);
        stream.at(kernel, Kind::sret);
        stream.plain(0x10000200, 2);
        CHECK((stream.road() == "none") == (place == other_place));
    }
}
