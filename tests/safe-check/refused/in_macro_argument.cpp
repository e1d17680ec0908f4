// Refused: pointer@13,17 address-of@13 cast@17: the argument of TRY is code as any other.
// SPDX-License-Identifier: MIT
#include "lib/result.hpp"

#include <cstdint>

namespace vm {

inline Result<std::uint64_t> half(std::uint64_t number) { return number / 2; }
inline Result<std::uint64_t> read(bool given) { return half(given ? 1 : 0); }

inline Result<std::uint64_t> quarter(std::uint64_t number) {
    const std::uint64_t first = TRY(read(&number == &number));
    // In an inner one, too.
    return TRY(half(
        // By a cast.
        TRY(half(*reinterpret_cast<std::uint64_t*>(first)))));
}

} // namespace vm
