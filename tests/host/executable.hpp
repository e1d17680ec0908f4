// Executables made from their program headers.
// SPDX-License-Identifier: MIT
#pragma once

#include "world.hpp"

#include <array>

// A program header as it stands in a file.
struct Header {
    std::uint32_t type = 1;
    std::uint32_t flags = 5;
    std::uint64_t offset = 0x1000;
    std::uint64_t address = 0x10000000;
    std::uint64_t physical = 0x10000000;
    std::uint64_t file_bytes = 16;
    std::uint64_t memory_bytes = 16;
    std::uint64_t alignment = 0x1000;
};

inline Buffer executable(std::vector<Header> segments, std::uint64_t entry = 0x10000004) {
    Buffer file(0x2100);
    const std::array<std::uint8_t, 7> ident{0x7f, 'E', 'L', 'F', 2, 1, 1};
    put(file, 0, ident);
    put<std::uint16_t>(file, 16, 2);
    put<std::uint16_t>(file, 18, 243);
    put<std::uint64_t>(file, 24, entry);
    put<std::uint64_t>(file, 32, 64);
    put<std::uint16_t>(file, 54, 56);
    put(file, 56, static_cast<std::uint16_t>(segments.size()));
    for (std::size_t i = 0; i < segments.size(); ++i)
        put(file, 64 + i * 56, segments[i]);
    return file;
}
