// What an image is, whatever its debugging information says of paths.
// SPDX-License-Identifier: MIT
//
// For results: a regrade compares these.
#pragma once

#include <filesystem>
#include <string>

namespace lab {

// SHA-256, in hex, of entry address and of each segment's address, size and content.
std::string image_hash(const std::filesystem::path& image);

} // namespace lab
