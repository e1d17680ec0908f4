// SHA-256 (FIPS 180-4), for seeds and for the hashes of images.
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace lab {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);
// In 64 hex digits.
std::string sha256_text(std::string_view bytes);

} // namespace lab
