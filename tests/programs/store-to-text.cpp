// A store into the program's own code, which is there but not writable.
// SPDX-License-Identifier: MIT
#include "user/lib/os.hpp"

int main() {
    *reinterpret_cast<volatile int*>(reinterpret_cast<std::uintptr_t>(&main)) = 1;
    return 0;
}
