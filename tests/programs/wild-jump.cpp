// A jump to an address that belongs to nobody.
// SPDX-License-Identifier: MIT
#include "user/lib/os.hpp"

int main() {
    reinterpret_cast<void (*)()>(0x30000000)();
    return 0;
}
