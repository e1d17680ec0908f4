// Refused: uninitialised@11,15,16,17,22,23: objects without a first value.
// SPDX-License-Identifier: MIT
#include <array>
#include <cstdint>
#include <span>

namespace vm {

class Cursor {
public:
    std::uint64_t at_;
    explicit Cursor(std::uint64_t) {}
};
inline int number(std::size_t index) {
    int found;
    std::array<int, 4> numbers;
    return numbers[index] + found;
}

inline bool known(std::span<const int> numbers) {
    // Set on one way only.
    bool any;
    if (numbers.empty())
        any = false;
    return any;
}

} // namespace vm
