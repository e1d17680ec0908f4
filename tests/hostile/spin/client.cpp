// A program for hostile extensions to fail: touches pages, and makes the core services' calls.
// SPDX-License-Identifier: MIT
#include "tests/hostile/call.hpp"

#include "abi/address_map.h"
#include "lib/address.hpp"
#include "user/lib/os.hpp"

int main() {
    constexpr std::uint64_t HEAP = PROGRAM_SLOTS + 14 * SLOT_SIZE + HEAP_OFFSET;
    for (std::uint64_t page = 0; page < 8; ++page)
        hostile::touch(HEAP + page * PAGE_SIZE);
    if (os::sleep(10) != 0)
        return 1;
    os::write("spin: still here\n");
    return 0;
}
