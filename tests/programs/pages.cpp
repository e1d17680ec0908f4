// Touches every page of the largest heap there is, and finds each one zero, then its own.
// SPDX-License-Identifier: MIT
#include "user/lib/os.hpp"

#include "abi/address_map.h"
#include "lib/address.hpp"

int main() {
    constexpr std::uint64_t BYTES = HEAP_LIMIT - HEAP_OFFSET;
    const std::int64_t heap = os::sbrk(BYTES);
    if (heap < 0)
        return 1;
    auto* words = reinterpret_cast<volatile std::uint64_t*>(heap);
    constexpr std::uint64_t STEP = PAGE_SIZE / sizeof(std::uint64_t);
    for (std::uint64_t i = 0; i < BYTES / sizeof(std::uint64_t); i += STEP) {
        if (words[i + STEP - 1] != 0)
            return 2;
        words[i] = i + 1;
    }
    for (std::uint64_t i = 0; i < BYTES / sizeof(std::uint64_t); i += STEP)
        if (words[i] != i + 1)
            return 3;
    os::write("pages: each its own\n");
    return 0;
}
