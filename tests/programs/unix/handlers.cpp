// A program's own fault handler: what it is told, what it may change, and what ends it.
// SPDX-License-Identifier: MIT
#include "checks.hpp"

#include "lib/exception.hpp"

using namespace unix_tests;

namespace {

constexpr std::uint64_t NOWHERE = MAP_END - PAGE_SIZE;

constinit os::FaultContext seen{};
constinit unsigned told = 0;

void leave(os::FaultContext& context) {
    seen = context;
    os::exit(7);
}

void map_it(os::FaultContext& context) {
    ++told;
    os::mmap({.address = context.address & ~(PAGE_SIZE - 1), .bytes = PAGE_SIZE});
}

void fault_again(os::FaultContext& /*context*/) { store(NOWHERE, 1); }

void spoil(os::FaultContext& context) { context.pc = KERNEL_OFFSET + KERNEL_LOAD; }

void lose_stack(os::FaultContext& context) {
    context.registers[1] = 8; // x2, the stack pointer
    ++told;
    context.pc = reinterpret_cast<std::uint64_t>(&os_getpid);
}

} // namespace

TEST_CASE("handler: it may end the process as it likes") {
    CHECK(is(status_of([] {
                 os::on_fault(leave);
                 store(NOWHERE, 1);
                 return 0;
             }),
             7));
}

TEST_CASE("handler: it mends, and the store is carried out") {
    CHECK(is(os::on_fault(map_it), 0));
    store(NOWHERE + 5, 9);
    CHECK(told == 1);
    CHECK(load(NOWHERE + 5) == 9);
    CHECK(is(os::munmap(NOWHERE, PAGE_SIZE), 0));
    store(NOWHERE + 5, 10);
    CHECK(told == 2);
    CHECK(is(os::munmap(NOWHERE, PAGE_SIZE), 0));
    CHECK(is(os::on_fault(nullptr), 0));
}

TEST_CASE("handler: without one again, a fault ends the process") {
    CHECK(is(status_of([] {
                 os::on_fault(map_it);
                 os::on_fault(nullptr);
                 store(NOWHERE, 1);
                 return 0;
             }),
             FAULT));
}

TEST_CASE("handler: a fault of its own ends the process") {
    CHECK(is(status_of([] {
                 os::on_fault(fault_again);
                 store(NOWHERE, 1);
                 return 0;
             }),
             FAULT));
}

TEST_CASE("handler: one that nobody can execute ends the process") {
    CHECK(is(status_of([] {
                 os::on_fault(reinterpret_cast<os::FaultHandler>(NOWHERE));
                 store(NOWHERE, 1);
                 return 0;
             }),
             FAULT));
}

TEST_CASE("handler: a context that leads into the kernel leads nowhere") {
    const std::int64_t status = status_of([] {
        os::on_fault(spoil);
        store(NOWHERE, 1);
        return 0;
    });
    CHECK((status == FAULT || status == 119)); // refused by resume, or ended at the fetch
}

TEST_CASE("handler: a stack that is not there leaves no room for a context") {
    CHECK(is(status_of([] {
                 os::on_fault(lose_stack);
                 store(NOWHERE, 1);
                 return 0;
             }),
             FAULT));
}

TEST_CASE("handler: fork keeps it, resume outside of it is refused") {
    CHECK(is(os::on_fault(map_it), 0));
    CHECK(is(status_of([] {
                 store(NOWHERE, 1);
                 return told == 1 ? 0 : 1;
             }),
             0));
    os::FaultContext context{};
    CHECK(os::resume(context) < 0);
    CHECK(os_resume(nullptr) < 0);
    CHECK(is(os::on_fault(nullptr), 0));
}
