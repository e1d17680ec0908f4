// Scenario stack: the stack grows.
// SPDX-License-Identifier: MIT
//
// The stack gets its pages as it needs them. Its next page is used beforehand; then the instruction
// at scenario_fault (stack.S) stores to the page below that one.
#include "scenario.hpp"

extern "C" {
std::uint64_t use_stack(std::uint64_t bytes, std::uint64_t value);  // stack.S
std::uint64_t grow_stack(std::uint64_t bytes, std::uint64_t value); // stack.S, watched
}

int main() {
    constexpr std::uint64_t VALUE = 0x57ac;
    // A program's first pages of stack are in use already: arguments, and what was called so far.
    constexpr std::uint64_t FURTHER = 3 * PAGE_SIZE;
    scenario::expect("stack: the word on the first new page", use_stack(FURTHER, VALUE), VALUE);
    scenario::expect("stack: the word on the second new page",
                     grow_stack(FURTHER + PAGE_SIZE, VALUE), VALUE);
    os::write("stack: it grew by the page that was needed\n");
    return 0;
}
