// Refused: linkage@11,12,14,17,20: names of stages, otherwise than their own headers declare them.
// SPDX-License-Identifier: MIT
#include "lib/result.hpp"

#include <cstdint>
#include <span>

using View = std::span<std::uint64_t>;

// Not looked into by the compiler, and called with what it cannot see.
extern "C" [[gnu::noipa]] View fault_resolve(const View& view) { return view; }
extern "C" [[gnu::noipa]] Result<void> fault_fill(View) { return {}; }
// The kernel calls it with other arguments.
extern "C" Result<void> extension_start(std::uint64_t) { return {}; }

extern "C" {
void call_wait(std::uint64_t) {}
}
// In C++ it is another function, which looks as if it were the one.
Result<void> fault_frame(std::uint64_t) { return {}; }
