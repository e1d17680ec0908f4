// Files of the host: an image is loaded and saved whole, sparse, and replaced at once.
// SPDX-License-Identifier: MIT
//
// All fail with a Failure that names the file and what the host says.
#pragma once

#include "disk.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace mkfs {

// Only the blocks that hold something take memory.
Disk load_image(const std::string& path);
// Under a temporary name first, so that PATH is the old image or the new one, never half of one.
void save_image(const std::string& path, const Disk& disk);

// Refuses what is larger than a file of an image may be.
std::string read_host_file(const std::string& path);

// The bytes of a file from OFFSET on, COUNT of them.
using PieceReader = std::function<std::string(std::uint64_t offset, std::uint64_t count)>;
// SIZE bytes, a piece at a time; what is zero becomes a hole.
void write_host_file(const std::string& path, std::uint64_t size, const PieceReader& read);

} // namespace mkfs
