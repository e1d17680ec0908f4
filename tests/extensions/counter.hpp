// The border of one small extension, which another imports.
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace counter {

// Counts calls: the new number. [[gnu::visibility]]: for other extensions.
extern "C" [[gnu::visibility("default")]] std::uint64_t counter_next(std::uint64_t by);

// Returns, and nothing else: what a call costs is left.
extern "C" [[gnu::visibility("default")]] void counter_nothing();

// Breaks the extension that it belongs to.
extern "C" [[gnu::visibility("default")]] std::uint64_t counter_break(std::uint64_t index);

} // namespace counter
