// Benchmark of the exokernel's own means: exceptions, primitives, protected transfers, bindings.
// SPDX-License-Identifier: MIT
//
// Rows of `bench` (docs/bench.md). It goes past ExOS, which it runs on: primitives by hand, and an
// environment of its own making. On another kernel there is none of this, and it ends by a fault.
#include "callee.hpp"

#include "lib/exception.hpp"
#include "user/programs/bench/samples.hpp"

namespace {

using namespace workshop;
using abi::exo::Change;
using bench::Samples;

// counting.S.
struct Counted {
    std::uint64_t instructions;
    std::int64_t answer;
};
extern "C" Counted count_primitive(std::uint64_t a0, std::uint64_t a1, std::uint64_t a2,
                                   std::uint64_t a3, std::uint64_t number);

Counted count(Primitive number, std::uint64_t a0 = 0, std::uint64_t a1 = 0, std::uint64_t a2 = 0) {
    return count_primitive(a0, a1, a2, 0, static_cast<std::uint64_t>(number));
}

// Runs ROUND, which answers with instructions, and prints a row. Once before, unmeasured.
template <class Round>
void measure(std::string_view operation, Round round) {
    Samples samples;
    round();
    for (std::size_t i = 0; i < Samples::CAPACITY; ++i)
        samples.add(round());
    samples.print_as(operation);
}

// From what ROAD does to the callee's exception entry. ITS_OWN: instructions that are executed on
// the way to the one that cannot be.
std::uint64_t to_exception(const char* road, std::uint64_t cause, std::uint64_t its_own = 0) {
    const Visit made = visit(road);
    demand_that("the cause", made.cause == cause);
    return made.to_exception() - its_own;
}
constexpr std::uint64_t THE_JUMP = 1;
constexpr std::uint64_t ILLEGAL_INSTRUCTION = 2, BREAKPOINT = 3; // scause

std::uint64_t to_breakpoint() { return to_exception(callee_breaks, BREAKPOINT); }

void exceptions() {
    measure("exception-dispatch",
            [] { return to_exception(callee_stores, exception::STORE_PAGE_FAULT); });
    measure("exception-load",
            [] { return to_exception(callee_loads, exception::LOAD_PAGE_FAULT); });
    measure("exception-fetch",
            [] { return to_exception(callee_jumps, exception::FETCH_PAGE_FAULT, THE_JUMP); });
    measure("exception-break", to_breakpoint);
    // The kernel's road is the breakpoint's; what is more is the firmware's, which comes before.
    measure("exception-firmware", [] {
        const std::uint64_t all = to_exception(callee_is_illegal, ILLEGAL_INSTRUCTION);
        return all - std::min(all, to_breakpoint());
    });
}

void transfers() {
    measure("protected-transfer", [] { return visit(callee_returns).there(); });
    measure("protected-return", [] { return visit(callee_returns).back(); });
}

// What does least: more bytes than can be written at once are refused before anything is looked at.
void null_primitive() {
    measure("null-primitive", [] {
        const Counted counted = count(Primitive::write_console, 0, PAGE_SIZE + 1);
        demand_that("write_console", counted.answer == -abi::TOO_LARGE);
        return counted.instructions;
    });
}

// Of a capability, and of what a slot stands for then.
void bindings() {
    const Result<abi::exo::Capability> capability =
        primitive::ask_for_capability(Primitive::allocate, free_frame().number(), abi::exo::NONE);
    demand("a capability", capability ? Result<void>() : std::unexpected(capability.error()));
    measure("bind", [&] {
        static_cast<void>(primitive::unbind(BOUND)); // the first time nothing is there
        const Counted counted =
            count(Primitive::bind, capability->name, capability->authenticator, BOUND);
        demand_that("bind", counted.answer == 0);
        return counted.instructions;
    });
    constexpr std::uint64_t FOR = abi::exo::installed_for(3, 3);
    measure("use", [] {
        static_cast<void>(primitive::ask(Primitive::remove, page(1))); // the same
        const Counted counted = count(Primitive::install, BOUND, page(1), FOR);
        demand_that("install", counted.answer == 0);
        return counted.instructions;
    });
}

constexpr std::size_t PAGES = 100;
constinit std::array<Change, PAGES> changes{};

// Each page's rights are others than before.
void set_changes() {
    static constinit bool writable = false;
    writable = !writable;
    const Rights rights = writable ? Rights::read_write() : Rights::read();
    for (std::size_t i = 0; i < PAGES; ++i)
        changes[i] = Change::make(Change::Kind::protect, FRAME, page(1 + i), rights.raw());
}

// COUNT of them from FIRST on, in a list.
std::uint64_t change(std::size_t first, std::size_t count_of_list) {
    const Counted counted =
        count(Primitive::change, SELF, address_of(&changes[first]), count_of_list);
    demand_that("change", counted.answer == static_cast<std::int64_t>(count_of_list));
    return counted.instructions;
}

void protections() {
    take_frame(FRAME);
    for (std::size_t i = 0; i < PAGES; ++i) // all of the same frame
        demand("install", primitive::install(FRAME, page_at(page(1 + i)), Rights::read_write(), 3));
    measure("protect-100", [] {
        set_changes();
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < PAGES; ++i)
            sum += change(i, 1);
        return sum;
    });
    measure("protect-100-list", [] {
        set_changes();
        return change(0, PAGES);
    });
}

} // namespace

int main() {
    open_workshop();
    make_callee();
    exceptions();
    transfers();
    end_callee();
    null_primitive();
    bindings();
    protections();
    return 0;
}
