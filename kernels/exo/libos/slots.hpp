// Which slot of an ExOS process's binding table stands for what.
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/address_map.h"
#include "abi/exo/primitives.hpp"
#include "services/unix/names.hpp"

#include <cstddef>
#include <cstdint>

namespace slots {

using abi::exo::PART_SLOTS;

// Part 0: each process's own.
inline constexpr std::uint64_t IMAGE = 0; // the library's pages, in the order of their addresses
inline constexpr std::uint64_t IMAGE_END = 192;
inline constexpr std::uint64_t FILES_EXTENT = 192; // the file system's blocks
inline constexpr std::uint64_t SWAP_EXTENT = 193;  // this process's own
inline constexpr std::uint64_t MAKING = 256;       // frames on their way into a child or a table
inline constexpr std::uint64_t MAKING_END = abi::exo::BESIDE_SLOT;

// Part 1, which all processes have in common, as the page table of EXO_SHARED.
inline constexpr std::uint64_t SHARED = PART_SLOTS;
inline constexpr std::uint64_t ENVIRONMENTS = SHARED + PART_SLOTS - unix::PROCESSES; // by index
inline constexpr std::uint64_t BESIDE = ENVIRONMENTS - 1; // another library OS, to be called
inline constexpr std::uint64_t SHARED_PAGES = BESIDE - SHARED;

// Parts 2 to 5: frames of programs' pages, by the index that services/vm has for them.
inline constexpr std::uint64_t FRAMES = 2 * PART_SLOTS;
inline constexpr std::uint64_t FRAME_COUNT = abi::exo::BINDINGS - FRAMES;

// Where the frame behind a slot stands once it has been put there (frames.hpp, fork.cpp).
constexpr std::uint64_t window(std::uint64_t slot) { return EXO_WINDOW + slot * 4096; }

// The slot of a page of the shared section or of a window. Other addresses have none of these.
constexpr std::uint64_t of_address(std::uint64_t address) {
    return address >= EXO_SHARED ? SHARED + (address - EXO_SHARED) / 4096
                                 : (address - EXO_WINDOW) / 4096;
}

// A word of the shared section, as the kernel is told of it.
inline std::uint64_t name_of(const volatile std::uint64_t& word) {
    const auto address = reinterpret_cast<std::uint64_t>(&word);
    return abi::exo::word(of_address(address), address % 4096);
}

} // namespace slots
