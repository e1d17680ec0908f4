// The last thing that the machine's first process does: a store to a file that it maps shared.
// SPDX-License-Identifier: MIT
//
// What it stored must be on the disk when the machine has ended; the test looks there.
#include "user/lib/os.hpp"

#include <array>

int main() {
    const std::int64_t file = os::open("/last-store", os::READ_WRITE | os::CREATE);
    const std::array<std::byte, 16> zeroes{};
    if (file < 0 || os::write(file, zeroes) != std::ssize(zeroes))
        return 1;
    const std::int64_t mapped =
        os::mmap({.bytes = PAGE_SIZE, .flags = abi::map::SHARED, .descriptor = file});
    if (mapped < 0)
        return 2;
    auto* const bytes = reinterpret_cast<volatile char*>(mapped);
    for (std::size_t i = 0; i < zeroes.size(); ++i)
        bytes[i] = "kept to the end\n"[i];
    return 0;
}
