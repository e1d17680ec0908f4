// Scenario cow: a write after fork to a page that parent and child share.
// SPDX-License-Identifier: MIT
//
// Before the fork both pages get values. Then the child waits for a byte, and the parent writes: to
// the first page beforehand, to the second one by the instruction at scenario_fault (touch.S). It
// must get a copy of its own; the child, awake at last, must still find what was there at the fork.
#include "scenario.hpp"

namespace {

constexpr std::uint64_t OLD = 0x01d;
constexpr std::uint64_t NEW = 0x4e3;

using Ends = std::array<std::int64_t, 2>;

[[noreturn]] void run_child(std::uint64_t first, std::uint64_t second, const Ends& pipe) {
    std::array<char, 1> byte{};
    scenario::expect("cow: bytes from the parent",
                     scenario::must("cow: read", os::read(pipe[0], std::span(byte))), 1);
    scenario::expect("cow: the child's first page", peek(first), OLD);
    scenario::expect("cow: the child's second page", peek(second), OLD);
    os::exit(0);
}

} // namespace

int main() {
    const std::uint64_t first = scenario::must("cow: sbrk", os::sbrk(2 * PAGE_SIZE));
    const std::uint64_t second = first + PAGE_SIZE;
    poke(first, OLD);
    poke(second, OLD);
    Ends pipe{};
    scenario::must("cow: pipe", os::pipe(pipe));
    if (scenario::must("cow: fork", os::fork()) == 0)
        run_child(first, second, pipe);
    poke(first, NEW);
    touch(second, NEW);
    scenario::expect("cow: the parent's second page", peek(second), NEW);
    scenario::must("cow: write", os::write(pipe[1], std::string_view(".")));
    std::int64_t status = 0;
    scenario::must("cow: wait", os::wait(status));
    scenario::expect("cow: the child's status", static_cast<std::uint64_t>(status), 0);
    os::write("cow: the parent wrote to a copy, the child kept the page\n");
    return 0;
}
