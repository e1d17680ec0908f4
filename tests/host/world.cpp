// What each world defines for lib/: on the host, a panic is an exception to expect.
// SPDX-License-Identifier: MIT
#include "world.hpp"

#include "lib/memory.hpp"
#include "lib/panic.hpp"

#include <algorithm>

void panic(std::string_view why) { throw Panic(std::string(why)); }

void zero_page(PageBytes page) { std::fill(page.begin(), page.end(), std::byte{0}); }

extern "C" void copy_across_domains(std::span<std::byte> destination,
                                    std::span<const std::byte> source) {
    std::copy(source.begin(), source.end(), destination.begin());
}
