// The store below faults in a page whose table is there already: the page before it was used.
// SPDX-License-Identifier: MIT
//
//     ./faultline compare labs/01-sv39/near.cpp --kernels monolithic
#include "user/lib/os.hpp"

constexpr long PAGE = 4096;

int main() {
    auto* const heap = reinterpret_cast<volatile char*>(os::sbrk(16 * PAGE));
    heap[0] = 1;
    asm volatile(".global scenario_fault\n"
                 "scenario_fault: sb zero, 0(%0)" ::"r"(heap + PAGE)
                 : "memory");
    return 0;
}
