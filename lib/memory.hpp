// Zeroing and copying a page, and the one routine that copies between protection domains.
// SPDX-License-Identifier: MIT
#pragma once

#include "lib/address.hpp"

#include <cstddef>
#include <span>

using PageBytes = std::span<std::byte, PAGE_SIZE>;

// 64 bytes a turn: 645 instructions a page in release builds.
void zero_page(PageBytes page);

// One whole page to another of the same domain: 1,070 instructions.
void copy_page(PageBytes to, std::span<const std::byte, PAGE_SIZE> from);

// Copies source to the start of destination, which must be at least as large. The only copy between
// domains in any kernel, so that the probe can count the bytes by its name.
extern "C" void copy_across_domains(std::span<std::byte> destination,
                                    std::span<const std::byte> source);
