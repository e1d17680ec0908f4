// The border of a second personality: how far its program has come.
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace second {

// How often its program has called. [[gnu::visibility]]: for other extensions.
extern "C" [[gnu::visibility("default")]] std::uint64_t second_count();

} // namespace second
