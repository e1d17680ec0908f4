// The store below faults in a page whose table is missing: nobody was in these 2 MiB before.
// SPDX-License-Identifier: MIT
//
//     ./faultline compare labs/01-sv39/far.cpp --kernels monolithic
#include "user/lib/os.hpp"

constexpr long PAGE = 4096;
constexpr long FAR = 512 * PAGE;

int main() {
    auto* const heap = reinterpret_cast<volatile char*>(os::sbrk(FAR + 16 * PAGE));
    heap[0] = 1;
    asm volatile(".global scenario_fault\n"
                 "scenario_fault: sb zero, 0(%0)" ::"r"(heap + FAR)
                 : "memory");
    return 0;
}
