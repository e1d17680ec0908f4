// The store below is the first touch of a page: its fault fills a frame with zeroes.
// SPDX-License-Identifier: MIT
//
//     ./faultline compare labs/02-fault/fresh.cpp --kernels monolithic
#include "user/lib/os.hpp"

constexpr long PAGE = 4096;

int main() {
    auto* const heap = reinterpret_cast<volatile char*>(os::sbrk(2 * PAGE));
    heap[0] = 1;
    asm volatile(".global scenario_fault\n"
                 "scenario_fault: sb zero, 0(%0)" ::"r"(heap + PAGE)
                 : "memory");
    return 0;
}
