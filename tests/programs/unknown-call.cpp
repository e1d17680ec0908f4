// A system call that no kernel has, with wild arguments; then the program goes on.
// SPDX-License-Identifier: MIT
#include "user/lib/os.hpp"

int main() {
    for (std::uint64_t number : {0ULL, 99ULL, 1ULL << 40, ~0ULL}) {
        register std::uint64_t a0 asm("a0") = ~0ULL;
        register std::uint64_t a1 asm("a1") = 1ULL << 62;
        register std::uint64_t a7 asm("a7") = number;
        asm volatile("ecall"
                     : "+r"(a0), "+r"(a1), "+r"(a7)
                     :
                     : "memory", "a2", "a3", "a4", "a5", "a6", "t0", "t1", "t2", "t3", "t4", "t5",
                       "t6");
        if (static_cast<std::int64_t>(a0) >= 0)
            return 1;
    }
    os::write("unknown-call: refused\n");
    return 0;
}
