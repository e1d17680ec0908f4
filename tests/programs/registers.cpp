// A page fault is invisible: no register of the program changes, whoever mends it.
// SPDX-License-Identifier: MIT
#include "user/lib/os.hpp"

#include "lib/address.hpp"
#include "lib/print.hpp"

extern "C" std::int64_t touch_with_all_registers(std::uint64_t address); // registers.S

int main() {
    const std::int64_t heap = os::sbrk(PAGE_SIZE);
    if (heap < 0)
        return 1;
    const std::int64_t changed = touch_with_all_registers(static_cast<std::uint64_t>(heap));
    if (changed != 0) {
        os::Output output;
        print(output, "registers: x", changed, " changed\n");
        return 2;
    }
    os::write("registers: all kept\n");
    return 0;
}
