// Calls from every depth of a stack.
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace depth {

// Calls ASK, then goes one frame deeper, until no kernel procedure can be called any more: then the
// extension ends, at the innermost call.
[[gnu::noipa]] inline std::uint64_t descend(void (*ask)(), std::uint64_t level) {
    static decltype(&descend) volatile again = descend; // the compiler does not know
    ask();
    return again(ask, level + 1) + level; // no jump
}

} // namespace depth
