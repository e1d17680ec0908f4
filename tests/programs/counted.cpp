// A fault as the processor's own counter sees it: the probe must say the same number.
// SPDX-License-Identifier: MIT
#include "user/lib/os.hpp"

#include "lib/address.hpp"
#include "lib/print.hpp"

extern "C" std::uint64_t counted_touch(std::uint64_t address); // counted.S

int main() {
    const std::int64_t heap = os::sbrk(2 * PAGE_SIZE);
    if (heap < 0)
        return 1;
    const auto first = static_cast<std::uint64_t>(heap);
    *reinterpret_cast<volatile char*>(first) = 1; // the road and its tables are there from here on
    os::Output output;
    print(output, "counted: ", counted_touch(first + PAGE_SIZE), " instructions\n");
    return 0;
}
