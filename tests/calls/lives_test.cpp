// Lives of programs: fork, faults that they handle or not, and how they end.
// SPDX-License-Identifier: MIT
#include "programs.hpp"

#include "lib/exception.hpp"

namespace {

constexpr std::uint64_t NEVER = ~std::uint64_t{0};
constexpr std::uint64_t HANDLER = DATA.raw() + 0x40;
constexpr VirtAddr STACK = DATA + 4 * PAGE_SIZE;

} // namespace

TEST_CASE("calls: a child's status arrives before the child goes") {
    Calls calls;
    CHECK(words(calls.call(calls.first, SystemCall::wait, {})) == "no child process");
    Caller& child = calls.fork(calls.first);
    const std::uint64_t id = child.id.raw();
    RequestWords waits = words_of(SystemCall::wait, {DATA.raw()});
    CHECK(calls.serve(calls.first, waits).must_wait);
    const Event event = calls.system.awaited(calls.world.first);
    calls.world.around.woken.clear();
    RequestWords ends = words_of(SystemCall::exit, {9});
    CHECK(calls.serve(child, ends).is_for_nobody);
    CHECK(child.life == Caller::Life::ended);
    CHECK(calls.world.around.has_woken(event));
    // To where nothing can be stored: the child stays.
    CHECK(words(calls.call(calls.first, SystemCall::wait, {USER_END})) == "bad address");
    calls.memory.evict(*calls.first.space);
    CHECK(calls.serve(calls.first, waits).answer == id);
    CHECK(calls.value<std::uint64_t>(calls.first, DATA) == 9);
    CHECK(calls.system.counts().processes == 1);
}

TEST_CASE("calls: fork fails at every step, and nothing is left of it") {
    Calls calls;
    const InUse before = in_use(calls);
    unsigned step = 0;
    for (;; ++step) {
        CAPTURE(step);
        calls.place.steps.until_failure = step;
        const std::uint64_t answer = calls.call(calls.first, SystemCall::fork, {});
        if (calls.place.steps.until_failure)
            break;
        CHECK(words(answer) == "no memory");
        CHECK(in_use(calls) == before);
    }
    CHECK(step == 2); // the space, the thread
    CHECK(in_use(calls).spaces == 2);
}

TEST_CASE("calls: processes are listed while one is being made") {
    Calls calls;
    Caller& child = calls.fork(calls.first);
    calls.memory.before_fork = [&] {
        CHECK(calls.call(child, SystemCall::processes, {DATA.raw(), 10}) == 3);
        CHECK(calls.value<abi::ProcessInfo>(child, DATA + 2 * sizeof(abi::ProcessInfo)).parent ==
              1);
    };
    calls.fork(calls.first);
}

TEST_CASE("calls: of a process without a thread only what UNIX knows is listed") {
    Calls calls;
    Caller& child = calls.fork(calls.first);
    const auto row = [&](std::size_t index) {
        CHECK(calls.call(calls.first, SystemCall::processes, {DATA.raw(), 10}) == index + 1);
        return calls.value<abi::ProcessInfo>(calls.first, DATA + index * sizeof(abi::ProcessInfo));
    };
    CHECK(row(1).faults == 101); // of its thread
    const ProcessIndex embryo = *calls.system.fork(child.index());
    const abi::ProcessInfo seen = row(2);
    CHECK(seen.id == calls.system.id(embryo).raw());
    CHECK(seen.state == abi::ProcessState::runnable);
    CHECK(seen.faults == 0);
    CHECK(seen.resident_pages == 0);
    calls.system.abandon(embryo);
    // Its thread is gone, and its row not yet.
    RequestWords ends = words_of(SystemCall::exit, {0});
    CHECK(calls.serve(child, ends).is_for_nobody);
    CHECK(row(1).state == abi::ProcessState::ended);
    CHECK(row(1).faults == 101);
    CHECK(row(1).resident_pages == 0);
}

TEST_CASE("calls: a fault enters the program's handler, once, and resume leaves it exactly") {
    Calls calls;
    Caller& child = calls.fork(calls.first);
    CHECK(calls.call(child, SystemCall::handler, {HANDLER}) == 0);
    CHECK(calls.call(child, SystemCall::handler, {HANDLER}) == HANDLER);
    CHECK(words(calls.call(child, SystemCall::handler, {USER_END})) == "bad address");
    CHECK(words(calls.call(child, SystemCall::resume, {DATA.raw()})) == "invalid argument");
    const Fault fault{VirtAddr(0x20), DATA, Access::store};
    // Whatever a0 held, also what would be an error's number if a call had answered it.
    for (const std::uint64_t a0 :
         {std::uint64_t{0}, std::uint64_t{5}, NEVER,
          static_cast<std::uint64_t>(abi::to_number(Error::would_block))}) {
        CAPTURE(a0);
        child.context.pc = DATA.raw();
        child.context.registers[Threads::SP] = STACK.raw() + 5;
        child.context.registers[Threads::A0] = a0;
        const abi::FaultContext before = child.context;
        calls.memory.evict(*child.space);
        call::deliver_fault(child, fault, Error::bad_address);
        REQUIRE(child.life == Caller::Life::started);
        CHECK(child.context.pc == HANDLER);
        const std::uint64_t place = child.context.registers[Threads::A0];
        CHECK(place % 16 == 0);
        CHECK(place == child.context.registers[Threads::SP]);
        const auto told = calls.value<abi::FaultContext>(child, VirtAddr(place));
        CHECK(told.pc == before.pc);
        CHECK(told.registers == before.registers);
        CHECK(told.address == 0x20);
        CHECK(told.cause == exception::STORE_PAGE_FAULT);
        RequestWords resumes = words_of(SystemCall::resume, {place});
        const Tried tried = calls.serve(child, resumes);
        CHECK(!tried.must_wait);
        CHECK(tried.answer == a0);
        CHECK(child.context.registers == before.registers);
    }
    // Inside the handler there is no other one.
    call::deliver_exception(child, 2, 0);
    REQUIRE(child.life == Caller::Life::started);
    call::deliver_fault(child, fault, Error::bad_address);
    CHECK(child.life == Caller::Life::ended);
    CHECK(calls.place.console == "program 'init' ended: store page fault at pc 0x10010000, address "
                                 "0x20: bad address (process 2)\n");
    CHECK(calls.memory.in_use() == 1);
}

TEST_CASE("calls: faults that nobody takes end the program in words") {
    Calls calls;
    const auto end_by = [&](auto deliver) {
        Caller& child = calls.fork(calls.first);
        child.context.pc = 0x1234;
        calls.place.console.clear();
        deliver(child);
        CHECK(child.life == Caller::Life::ended);
        CHECK(calls.call(calls.first, SystemCall::wait, {DATA.raw()}) == child.id.raw());
        CHECK(calls.value<std::uint64_t>(calls.first, DATA) == abi::status::FAULT);
        return calls.place.console;
    };
    CHECK(end_by([](Caller& child) { call::deliver_exception(child, 2, 7); }) ==
          "program 'init' ended: illegal instruction at pc 0x1234, value 0x7 (process 2)\n");
    const Fault fault{VirtAddr(0x20), VirtAddr(0x1234), Access::load};
    // A handler does not hear of what it cannot mend, nor one without a stack of anything.
    CHECK(end_by([&](Caller& child) {
              calls.call(child, SystemCall::handler, {HANDLER});
              call::deliver_fault(child, fault, Error::no_memory);
          }) == "program 'init' ended: load page fault at pc 0x1234, address 0x20: no memory "
                "(process 3)\n");
    CHECK(end_by([&](Caller& child) {
              calls.call(child, SystemCall::handler, {HANDLER});
              child.context.registers[Threads::SP] = 8;
              call::deliver_fault(child, fault, Error::not_permitted);
          }) == "program 'init' ended: load page fault at pc 0x1234, address 0x20: not permitted "
                "(process 4)\n");
    CHECK_THROWS_AS(call::end_process(calls.first, ExitStatus::of_program(3)), MachineEnded);
}
