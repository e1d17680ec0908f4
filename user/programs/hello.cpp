// The smallest program that shows something.
// SPDX-License-Identifier: MIT
#include "user/lib/os.hpp"

int main() {
    os::write("Hello from a program that runs unchanged on four kernels.\n");
    return 0;
}
