// Finding a file in the initial RAM disk, a ustar archive.
// SPDX-License-Identifier: MIT
//
// Format: POSIX.1-1988 ustar: a 512-byte header with octal text fields, then the contents in whole
// blocks.
#pragma once

#include "lib/codec.hpp"

#include <string_view>

// The contents of the member NAME. not_found: no such member before the archive's end; malformed: a
// header with a wrong checksum or size on the way there.
Result<Bytes> find_in_archive(Bytes archive, std::string_view name);
