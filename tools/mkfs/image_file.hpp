// Files of the host: an image is loaded and saved whole, sparse, and replaced at once.
// SPDX-License-Identifier: MIT
//
// All fail with a Failure that names the file and what the host says.
#pragma once

#include "disk.hpp"

#include <string>

namespace mkfs {

Disk load_image(const std::string& path);
// Under a temporary name first, so that PATH is the old image or the new one, never half of one.
void save_image(const std::string& path, const Disk& disk);

std::string read_host_file(const std::string& path);
void write_host_file(const std::string& path, const std::string& contents);

} // namespace mkfs
