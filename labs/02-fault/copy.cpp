// The store below is to a page that a child shares: its fault copies the frame.
// SPDX-License-Identifier: MIT
//
//     ./faultline compare labs/02-fault/copy.cpp --kernels monolithic
//
// The child waits for a byte until the store has been made.
#include "user/lib/os.hpp"

#include <array>

constexpr long PAGE = 4096;

int main() {
    auto* const heap = reinterpret_cast<volatile char*>(os::sbrk(2 * PAGE));
    heap[0] = 1;
    heap[PAGE] = 1;
    std::array<std::int64_t, 2> pipe{};
    if (os::pipe(pipe) < 0)
        return 1;
    const std::int64_t child = os::fork();
    if (child == 0) {
        std::array<char, 1> byte{};
        return os::read(pipe[0], byte) == 1 ? 0 : 1;
    }
    heap[0] = 2; // the road was gone once
    asm volatile(".global scenario_fault\n"
                 "scenario_fault: sb zero, 0(%0)" ::"r"(heap + PAGE)
                 : "memory");
    std::int64_t status = 0;
    return child > 0 && os::write(pipe[1], ".") == 1 && os::wait(status) >= 0 ? 0 : 1;
}
