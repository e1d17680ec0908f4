// Sleeps without a deadline: nothing is left that could wake it.
// SPDX-License-Identifier: MIT
#include "user/lib/os.hpp"

int main() {
    os::sleep(os::FOREVER);
    return 0;
}
