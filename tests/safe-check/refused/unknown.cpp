// Refused: unknown@8: constructs that libclang does not show.
// SPDX-License-Identifier: MIT
#include <cstdint>

namespace vm {

template <class T>
constexpr T zero = T{};

inline int none() { return zero<int>; }

} // namespace vm
