// Runs the attack that the linker chose.
// SPDX-License-Identifier: MIT
//
// attack: one of the functions of refusals.cpp and endings.cpp (../CMakeLists.txt).
#include "user/lib/os.hpp"

extern "C" int attack();

int main() {
    const int result = attack();
    if (result == 0)
        os::write("exo: still here\n");
    return result;
}
