// A process is made.
// SPDX-License-Identifier: MIT
#include "watched.hpp"

void road() {
    if (os::fork() == 0)
        os::exit(0);
}

int main() {
    watch();
    return 0;
}
