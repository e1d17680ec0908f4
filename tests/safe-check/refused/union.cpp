// Refused: union@7,14: two types in one place.
// SPDX-License-Identifier: MIT
#include <cstdint>

namespace vm {

union Word {
    std::uint32_t whole;
    std::int32_t number;
};

struct Tagged {
    bool is_signed;
    union {
        std::uint64_t plain;
        std::int64_t number;
    };
};

} // namespace vm
