// A program's broken invariant (an index out of bounds, say) ends the program in words.
// SPDX-License-Identifier: MIT
#include "lib/panic.hpp"

#include "user/lib/os.hpp"

#include "abi/machine_exit.hpp"

void panic(std::string_view why) {
    os::write("panic: ");
    os::write(why);
    os::write("\n");
    os::exit(machine_exit::LAST_OF_PROGRAM);
}
