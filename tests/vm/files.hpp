// A file with contents of its own, and mappings of it.
// SPDX-License-Identifier: MIT
#pragma once

#include "tests/vm/system.hpp"

inline constexpr vm::FileId FILE_A{7};

// A file of BYTES bytes; byte I is I / 256 + 1 of its page, so that every page differs.
inline std::vector<std::byte> contents(std::size_t bytes) {
    std::vector<std::byte> file(bytes);
    for (std::size_t i = 0; i < bytes; ++i)
        file[i] = static_cast<std::byte>(1 + i / PAGE_SIZE + i % 7 * 16);
    return file;
}

inline vm::Region of_file(std::uint64_t first, std::uint64_t end, vm::Backing backing,
                          Rights rights, std::uint64_t bytes, std::uint64_t offset = 0) {
    return {.first = page_at(first),
            .end = page_at(end),
            .file_offset = offset,
            .file_bytes = bytes,
            .file = FILE_A,
            .rights = rights,
            .backing = backing};
}
