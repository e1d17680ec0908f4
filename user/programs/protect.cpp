// Scenario protect: a write to a protected page, mended by the program's own fault handler.
// SPDX-License-Identifier: MIT
//
// Two pages are written to and then made read-only. A store to the first one, beforehand, and to
// the second one, by the instruction at scenario_fault (touch.S), end up in the handler, which
// gives the right back; then the store is carried out after all.
#include "scenario.hpp"

namespace {

constinit std::uint64_t told = 0;         // faults that the handler was told of
constinit std::uint64_t last_address = 0; // where the last one was

void mend(os::FaultContext& context) {
    ++told;
    last_address = context.address;
    const std::uint64_t page = context.address & ~(PAGE_SIZE - 1);
    if (os::mprotect(page, PAGE_SIZE, Rights::read_write()) < 0)
        os::exit(3);
}

} // namespace

int main() {
    constexpr std::uint64_t OLD = 0x01d;
    constexpr std::uint64_t NEW = 0x4e3;
    const std::uint64_t first = scenario::fresh_pages(2);
    const std::uint64_t second = first + PAGE_SIZE;
    poke(first, OLD);
    poke(second, OLD);
    scenario::must("protect: handler", os::on_fault(mend));
    scenario::must("protect: mprotect", os::mprotect(first, 2 * PAGE_SIZE, Rights::read()));
    poke(first, NEW);
    touch(second, NEW);
    scenario::expect("protect: faults that the handler mended", told, 2);
    scenario::expect("protect: where the last one was", last_address, second);
    scenario::expect("protect: the first page", peek(first), NEW);
    scenario::expect("protect: the second page", peek(second), NEW);
    os::write("protect: the handler gave the right back, and the store went on\n");
    return 0;
}
