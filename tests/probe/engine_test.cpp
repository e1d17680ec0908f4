// The engine on streams made by hand: traps, interrupts, fetches, other faults, other threads.
// SPDX-License-Identifier: MIT
//
// A little machine: `Stream` feeds instructions at chosen addresses, so that each case shows
// exactly the order in which QEMU would report them. Every straight run is of known length.
#include "engine.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <string>

using namespace probe;

namespace {

constexpr std::uint64_t fault_pc = 0x10000100;
constexpr std::uint64_t vector = 0xffffffc080200000;
constexpr std::uint64_t kernel = 0xffffffc080201000; // plain kernel code
constexpr std::uint64_t timer = 0xffffffc080202000;
constexpr std::uint64_t copy = 0xffffffc080203000;
constexpr std::uint64_t firmware = 0x80000000;
constexpr std::uint64_t server = 0x50000000;
constexpr std::uint64_t server_resolve = server + 0x2000; // a second fault_resolve, as in the pager

std::uint64_t address_of(Function stage) {
    return 0xffffffc080210000 + 0x100 * static_cast<std::uint64_t>(stage);
}

Configuration configuration(bool first) {
    Configuration made;
    made.domains = {"kernel", "program", "pager"};
    made.images = {{{0xffffffc080200000, 0xffffffc080300000}, 0},
                   {{0x10000000, 0x11000000}, 1},
                   {{server, server + 0x1000000}, 2}};
    made.functions = {{Function::trap_vector, {vector, vector}},
                      {Function::on_timer, {timer, timer + 0x100}},
                      {Function::copy, {copy, copy + 0x100}},
                      {Function::resolve, {server_resolve, server_resolve + 0x100}}};
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

enum class Outcome { done, fails };
constexpr bool any_fault = true;

class Stream {
public:
    explicit Stream(bool first = false) : configuration_(configuration(first)) {}

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
constexpr const char* plain_road = "1:6 2:6 3:2 4:2 5:2 6:8 7:7 ";

void walk(Stream& stream) {
    stream.fails();
    stream.first_half();
    stream.second_half();
    stream.completes();
}

} // namespace

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
    for (const bool first : {true, false}) {
        Stream stream(first);
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

TEST_CASE("an exception that is no page fault opens no window") {
    Stream stream;
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
