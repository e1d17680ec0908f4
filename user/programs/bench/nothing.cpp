// A program that does nothing: what bench-processes executes.
// SPDX-License-Identifier: MIT
//
// Called with the instruction counter's value as an argument of eight bytes, it writes to its
// output how many instructions ago that was.
#include "user/lib/os.hpp"

extern "C" std::uint64_t read_counter(); // counter.S

int main(os::Arguments arguments) {
    const std::uint64_t now = read_counter();
    std::uint64_t before = 0;
    if (arguments.size() < 2 || arguments[1].size() != sizeof(before))
        return 0;
    arguments[1].copy(reinterpret_cast<char*>(&before), sizeof(before));
    const std::array<std::uint64_t, 1> difference{now - before};
    os::write(os::OUTPUT, std::as_bytes(std::span(difference)));
    return 0;
}
