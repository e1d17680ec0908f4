// A store to an address that belongs to nobody.
// SPDX-License-Identifier: MIT
#include "user/lib/os.hpp"

int main() {
    os::write("wild-store: going\n");
    *reinterpret_cast<volatile int*>(0x30000000) = 1;
    return 0;
}
