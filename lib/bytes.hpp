// Moving, clearing and summing runs of bytes inside one domain.
// SPDX-License-Identifier: MIT
//
// For code in the safe subset, which has no memcpy: lengths are checked here. Copies between
// domains go through copy_across_domains (lib/memory.hpp) instead.
#pragma once

#include "lib/codec.hpp"
#include "lib/memory.hpp"

// FROM to the start of TO, which must be at least as large; they must not overlap.
inline void copy_bytes(std::span<std::byte> to, Bytes from) {
    if (to.size() < from.size())
        panic("copy_bytes: destination too small");
    __builtin_memcpy(to.data(), from.data(), from.size());
}

inline void zero_bytes(std::span<std::byte> bytes) {
    __builtin_memset(bytes.data(), 0, bytes.size());
}

// Goes on with a sum over one more page, which stands at a multiple of eight. Every step (exclusive
// or, multiplication by an odd number, shift and exclusive or) can be undone, so that two pages
// which differ in one word never have the same sum. Against accidents, not against forgers.
inline std::uint64_t checksum_page(std::uint64_t sum, std::span<const std::byte, PAGE_SIZE> page) {
    constexpr std::uint64_t ODD = 0x9e3779b97f4a7c15; // 2^64 divided by the golden ratio
    for (std::uint64_t at = 0; at < PAGE_SIZE; at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        __builtin_memcpy(&word, __builtin_assume_aligned(page.data() + at, sizeof word),
                         sizeof word);
        sum = (sum ^ word) * ODD;
        sum ^= sum >> 32;
    }
    return sum;
}
