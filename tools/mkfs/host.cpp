// What lib/ asks of its world, here: a panic, and memory routines.
// SPDX-License-Identifier: MIT
//
// lib/memory.cpp is the guest's: it would replace the host's memcpy.
#include "lib/memory.hpp"
#include "lib/panic.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

void panic(std::string_view why) { throw std::logic_error(std::string(why)); }

void zero_page(PageBytes page) { std::ranges::fill(page, std::byte{0}); }

void copy_page(PageBytes to, std::span<const std::byte, PAGE_SIZE> from) {
    std::ranges::copy(from, to.begin());
}
