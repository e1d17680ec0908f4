// Refused: macro@10,14: macros of others.
// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>

namespace vm {

inline bool none(int number) {
    // A pointer in disguise.
    return number == 0 && NULL == NULL;
}

// Harmless, but text that is not to be seen here.
inline std::uint64_t most() { return UINT64_MAX; }

} // namespace vm
