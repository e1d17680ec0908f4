// An instruction that does not exist.
// SPDX-License-Identifier: MIT
#include "user/lib/os.hpp"

int main() {
    asm volatile("unimp");
    return 0;
}
