// What each world defines for lib/: here a panic is an exception.
// SPDX-License-Identifier: MIT
#include "tests/vm/world.hpp"

#include "lib/memory.hpp"
#include "lib/panic.hpp"

#include <algorithm>

void panic(std::string_view why) { throw Panic(std::string(why)); }

void zero_page(PageBytes page) { std::ranges::fill(page, std::byte{0}); }

void copy_page(PageBytes to, std::span<const std::byte, PAGE_SIZE> from) {
    std::ranges::copy(from, to.begin());
}
