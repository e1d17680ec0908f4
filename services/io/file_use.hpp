// What a file is held for, so that no program is written to while it runs.
// SPDX-License-Identifier: MIT
//
// The file system counts it for each inode (fs::FileSystem::begin_use). Those who say it: services/
// unix for files that are open for writing, and for programs; virtual memory for its regions.
#pragma once

#include <cstdint>

namespace io {

// Writing and running exclude each other; reading goes with both.
enum class FileUse : std::uint8_t { reading, writing, running };

} // namespace io
