// A little machine made by hand: feeds the engine instructions in QEMU's order.
// SPDX-License-Identifier: MIT
//
// Used by engine_test.cpp, attribution_test.cpp and events_test.cpp. Every straight run is of known
// length.
#pragma once

#include "engine.hpp"

#include <deque>
#include <string>

namespace probe_test {

using namespace probe;

inline constexpr std::uint64_t fault_pc = 0x10000100;
inline constexpr std::uint64_t vector = 0xffffffc080200000;
inline constexpr std::uint64_t kernel = 0xffffffc080201000; // plain kernel code
inline constexpr std::uint64_t timer = 0xffffffc080202000;
inline constexpr std::uint64_t copy = 0xffffffc080203000;
inline constexpr std::uint64_t device = 0xffffffc080204000;
inline constexpr std::uint64_t ending = 0xffffffc08020a000; // end_thread
inline constexpr std::uint64_t exception = 0xffffffc080205000;
inline constexpr std::uint64_t switching = 0xffffffc080206000; // switch_context
inline constexpr std::uint64_t idling = 0xffffffc080207000;    // idle_until_interrupt
inline constexpr std::uint64_t polled = 0xffffffc080208000;
inline constexpr std::uint64_t firmware = 0x80000000;
inline constexpr std::uint64_t server = 0x50000000;
inline constexpr std::uint64_t server_resolve =
    server + 0x2000; // a second fault_resolve, as in the pager
inline constexpr std::uint64_t library_call = server + 0x4000; // call_receive in user mode

inline std::uint64_t address_of(Function stage) {
    return 0xffffffc080210000 + 0x100 * static_cast<std::uint64_t>(stage);
}

// The first of ten environments' records of 32 bytes each.
inline constexpr std::uint64_t environments = 0xffffffc0802f0000;

inline Configuration configuration(bool first) {
    Configuration made;
    made.environments = EnvironmentsRecord{{environments, environments + 10 * 32}, 32};
    made.domains = {"kernel", "program", "pager"};
    made.images = {{{0xffffffc080200000, 0xffffffc080300000}, 0},
                   {{0x10000000, 0x11000000}, 1},
                   {{server, server + 0x1000000}, 2}};
    made.functions = {{Function::trap_vector, {vector, vector}},
                      {Function::on_timer, {timer, timer + 0x100}},
                      {Function::on_device, {device, device + 0x100}},
                      {Function::end_thread, {ending, ending + 0x100}},
                      {Function::on_exception, {exception, exception + 0x100}},
                      {Function::switch_context, {switching, switching + 0x100}},
                      {Function::idle, {idling, idling + 0x100}},
                      {Function::polled, {polled, polled + 0x100}},
                      {Function::copy, {copy, copy + 0x100}},
                      {Function::resolve, {server_resolve, server_resolve + 0x100}},
                      {Function::call_receive, {library_call, library_call + 0x100}}};
    for (auto stage = static_cast<int>(Function::receive);
         stage <= static_cast<int>(Function::resume); ++stage) {
        const auto at = address_of(static_cast<Function>(stage));
        made.functions.push_back({static_cast<Function>(stage), {at, at + 0x100}});
    }
    if (!first)
        made.watch.pc = fault_pc;
    made.watch.program = {0x10000000, 0x11000000};
    return made;
}

inline Configuration configuration(const Watch& watch) {
    Configuration made = configuration(true);
    made.watch.pc = watch.pc;
    made.watch.end = watch.end;
    made.watch.resumed = watch.resumed;
    return made;
}

enum class Outcome { done, fails };
inline constexpr bool any_fault = true;

class Stream {
public:
    explicit Stream(bool first = false) : configuration_(configuration(first)) {}
    explicit Stream(const Watch& watch) : configuration_(configuration(watch)) {}

    void at(std::uint64_t pc, Kind kind = Kind::plain, Outcome outcome = Outcome::done,
            bool through_stack = false) {
        sites_.push_back(layout_.site(pc, 4, {.kind = kind, .through_stack = through_stack}));
        engine.execute(sites_.back());
        if (outcome == Outcome::fails)
            return;
        if (kind == Kind::load || kind == Kind::atomic)
            engine.accessed(0x1234, 8, false);
        if (kind == Kind::store || kind == Kind::atomic || kind == Kind::store_conditional)
            engine.accessed(0x1234, 8, true);
    }
    void plain(std::uint64_t pc, int count) {
        for (int i = 0; i < count; ++i)
            at(pc + 4 * static_cast<std::uint64_t>(i));
    }
    // A call of 1 + `length` instructions, the return included; it returns to call + 4.
    void stage(Function stage, int length, std::uint64_t call = kernel + 0x800) {
        at(call, Kind::call);
        plain(address_of(stage), length);
        at(call + 4); // one instruction between the stages
    }
    // One thread's context is kept at `from`, the other's comes from `to`: 1 + 3 instructions. The
    // first instruction of the other is then for the caller to feed.
    void switch_context(std::uint64_t call, std::uint64_t from, std::uint64_t to) {
        at(call, Kind::call);
        at(switching, Kind::store, Outcome::fails);
        engine.accessed(from, 8, true);
        at(switching + 4, Kind::load, Outcome::fails);
        engine.accessed(to, 8, false);
        at(switching + 8);
    }
    void fails() { at(fault_pc, Kind::load, Outcome::fails); }
    void completes() {
        at(fault_pc, Kind::load);
        at(fault_pc + 4);
    }
    // trap_vector and its successor, receive and dispatch: 2 + 1 + 3 + 1, then 1 + 2 + 1
    void first_half() {
        plain(vector, 2);
        stage(Function::receive, 3);
        stage(Function::dispatch, 2);
    }
    // Each stage 2 long.
    void second_half() {
        stage(Function::resolve, 2);
        stage(Function::frame, 2);
        stage(Function::fill, 2);
        stage(Function::install, 2);
        stage(Function::resume, 2);
        at(kernel, Kind::sret);
    }
    void interrupt() {
        plain(vector, 2);
        at(kernel + 0x900, Kind::call);
        at(timer);
        at(timer + 4, Kind::store);
        at(timer + 8, Kind::sfence_vma);
        at(kernel + 0x904, Kind::sret);
    }
    std::string road() {
        engine.finish(Engine::UnderWay::done);
        if (!engine.fault())
            return "none";
        std::string text;
        for (const auto& entry : engine.fault()->window.ledger().entries())
            text += std::to_string(static_cast<int>(entry.stage)) + ":" +
                    std::to_string(sum(entry.counts)) + " ";
        return text;
    }
    const Totals& totals() { return engine.fault()->window.totals; }

private:
    Configuration configuration_;
    Layout layout_{configuration_};
    std::deque<Site> sites_; // its elements stay where they are

public:
    Engine engine{configuration_};
};

// 1 receive: 2 + call + 3; 2 dispatch: gap, call, 2, gap, call; 3, 4, 5: 2 each;
// 6 install: gap, call, gap, call, gap, call, 2; 7 resume: gap, call, 2, gap, sret, the load
inline constexpr const char* plain_road = "1:6 2:6 3:2 4:2 5:2 6:8 7:7 ";

inline void walk(Stream& stream) {
    stream.fails();
    stream.first_half();
    stream.second_half();
    stream.completes();
}

} // namespace probe_test
