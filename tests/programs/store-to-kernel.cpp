// A store into the kernel, which is mapped in every address space, but not for programs.
// SPDX-License-Identifier: MIT
#include "abi/address_map.h"
#include "user/lib/os.hpp"

int main() {
    *reinterpret_cast<volatile int*>(KERNEL_OFFSET + KERNEL_LOAD) = 1;
    return 0;
}
