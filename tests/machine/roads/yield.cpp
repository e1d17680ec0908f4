// Another process has its turn, and gives way, too.
// SPDX-License-Identifier: MIT
#include "watched.hpp"

void road() { os::yield(); }

int main() {
    if (os::fork() == 0)
        for (;;)
            os::yield();
    watch();
    return 0;
}
